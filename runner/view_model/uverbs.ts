/** What Linux ships, as the tables have it: objects with their methods, write commands, structs, constants, and hfi1's ioctls. */
import { tablesOf } from '../../spec/abi/uverbs/read_tables.ts';
import type { Command, Constants, Layout, NativeAttribute, NativeMethod } from '../../spec/abi/uverbs/tables.ts';
import type { Spec } from '../../spec/model.ts';
import type {
  UverbsAttributeView,
  UverbsCommandView,
  UverbsConstantsView,
  UverbsStructView,
  UverbsView,
} from './model.ts';

export function uverbsOf(spec: Spec): UverbsView {
  const { objects, commands, layouts, constants, hfi1 } = tablesOf(spec);
  const structs = Object.values(layouts).filter(({ own }) => own !== true);
  return {
    objects: objects.map(({ name, id, handles, needs, since, methods }) => ({
      name,
      id,
      handles,
      needs,
      ...version('since', since),
      methods: methods.map((method) => ({
        name: method.name,
        id: method.id,
        constant: `UVERBS_METHOD_${method.constant}`,
        ...version('since', method.since),
        ...version('until', method.until),
        ...neutral(method),
        attributes: method.attributes.map(attributeOf),
      })),
    })),
    commands: commands.map(commandOf),
    structs: structs.map((layout) => structOf('ib_uverbs_', layout)),
    constants: constants.map(constantsOf),
    hfi1: { ioctls: hfi1.ioctls, structs: hfi1.structs.map((layout) => structOf('', layout)) },
  };
}

function version<K extends string>(key: K, kernel: string | undefined): Partial<Record<K, string>> {
  return kernel === undefined ? {} : ({ [key]: kernel } as Record<K, string>);
}

function neutral({ serves, like }: NativeMethod): { readonly serves?: string } {
  const call = serves ?? like;
  return call === undefined ? {} : { serves: call };
}

function attributeOf(attribute: NativeAttribute): UverbsAttributeView {
  const { name, constant, id, required, since, values } = attribute;
  return {
    name,
    constant: `UVERBS_ATTR_${constant}`,
    id,
    form: formText(attribute),
    required,
    ...version('since', since),
    ...(values === undefined ? {} : { values }),
    ...(attribute.layout.fields.length > 1 && attribute.layout.own !== true ? { struct: attribute.layout.name } : {}),
  };
}

/** `handle of cq, new`; `in, 4 bytes`; `out, 8 bytes or more`. */
function formText({ form, object, access, minimum, bytes, extensible, open, elements }: NativeAttribute): string {
  switch (form) {
    case 'object':
      return `handle of ${object}, ${access}`;
    case 'fd':
      return `descriptor of ${object}, ${access}`;
    case 'raw_fd':
      return 'any descriptor';
    case 'const':
      return 'number of 8 bytes';
    case 'flags':
      return 'flags, 4 or 8 bytes';
    case 'enum':
      return 'in, one of several kinds';
    case 'in':
    case 'out': {
      const size = open ? `${String(minimum)} bytes or more` : `${String(bytes)} bytes`;
      const more = extensible && !open ? ' or more' : '';
      return `${form}, ${size}${more}${elements === undefined ? '' : `, list of ${elements}`}`;
    }
  }
}

function commandOf(command: Command): UverbsCommandView {
  const { name, constant, number, extended, object, needs, driverData, serves, request, response } = command;
  const part = ({ name: struct, bytes }: Layout): { readonly struct: string; readonly bytes: number } | undefined =>
    bytes === 0 ? undefined : { struct, bytes };
  const [asked, answered] = [part(request), part(response)];
  return {
    name,
    constant: `IB_USER_VERBS_${constant}`,
    number,
    extended,
    ...(object === undefined ? {} : { object }),
    needs,
    ...(driverData === undefined ? {} : { driverData }),
    ...(serves === undefined ? {} : { serves }),
    ...(asked === undefined ? {} : { request: { ...asked, minimum: command.requestMinimum } }),
    ...(answered === undefined ? {} : { response: { ...answered, minimum: command.responseMinimum } }),
  };
}

function structOf(prefix: string, { name, bytes, fields, also = [], since }: Layout): UverbsStructView {
  const all = [...fields, ...also.map((field) => ({ ...field, shared: true }))];
  return {
    name: `${prefix}${name}`,
    bytes,
    ...version('since', since),
    fields: all.map((field) => ({
      name: field.name,
      at: field.at,
      bytes: field.bytes,
      ...(field.big ? { big: true } : {}),
      ...('shared' in field ? { shared: true } : {}),
      ...version('since', field.since),
    })),
  };
}

function constantsOf({ name, enum: type, prefix, flags, internal, members }: Constants): UverbsConstantsView {
  return {
    name,
    ...(type === undefined ? {} : { enum: type }),
    prefix,
    flags,
    internal,
    members: members.map((member) => ({
      name: member.name,
      value: member.value,
      ...version('since', member.since),
      ...version('until', member.until),
    })),
  };
}
