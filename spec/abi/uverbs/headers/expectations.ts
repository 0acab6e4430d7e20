/** What the tables say, as C expressions with the number each must have. */
import {
  ATTRIBUTE_BYTES,
  DATA_AT,
  DRIVER_BIT,
  FLAGS_AT,
  FLAG_MANDATORY,
  FLAG_WRITTEN,
  HEADER_BYTES,
  REQUEST,
} from '../layout.ts';
import type { Hfi1Ioctl } from '../read_hfi1.ts';
import type { Layout, Lifespan, UverbsTables } from '../tables.ts';

export interface Expectation extends Partial<Lifespan> {
  readonly expression: string;
  readonly value: number;
  /** An enum of rdma/ib_verbs.h it is a member of. */
  readonly internal?: string | undefined;
}

export function expectations(tables: UverbsTables): readonly Expectation[] {
  return [
    ...message(),
    ...tables.objects.map(({ name, id, since }) => ({
      expression: `UVERBS_OBJECT_${name.toUpperCase()}`,
      value: id,
      since,
    })),
    ...tables.objects.flatMap((object) =>
      object.methods.flatMap((method) => {
        // Numbers of methods that lost their code stay in the headers.
        const since = method.since ?? object.since;
        const attributes = method.attributes.map((attribute) => ({
          expression: `UVERBS_ATTR_${attribute.constant}`,
          value: attribute.id,
          // Those of the driver are shared by all methods.
          since: attribute.id >= DRIVER_BIT ? undefined : (attribute.since ?? since),
        }));
        return [{ expression: `UVERBS_METHOD_${method.constant}`, value: method.id, since }, ...attributes];
      }),
    ),
    ...tables.commands.map(({ constant, number }) => ({ expression: `IB_USER_VERBS_${constant}`, value: number })),
    ...tables.constants.flatMap(({ prefix, members, internal, enum: of }) =>
      members.map(({ name, value, since, until }) => ({
        expression: `${prefix}${name}`,
        value,
        since,
        until,
        internal: internal ? of : undefined,
      })),
    ),
    ...Object.values(tables.layouts).flatMap((layout) => (layout.own === true ? [] : struct('ib_uverbs_', layout))),
    ...tables.hfi1.ioctls.flatMap(ioctl),
    ...tables.hfi1.structs.flatMap((layout) => struct('', layout)),
  ];
}

/** What the codec has as constants of its own. */
function message(): readonly Expectation[] {
  const pairs: readonly (readonly [string, number])[] = [
    ['RDMA_VERBS_IOCTL', REQUEST],
    ['sizeof(struct ib_uverbs_ioctl_hdr)', HEADER_BYTES],
    ['offsetof(struct ib_uverbs_ioctl_hdr, attrs)', HEADER_BYTES],
    ['sizeof(struct ib_uverbs_attr)', ATTRIBUTE_BYTES],
    ['offsetof(struct ib_uverbs_attr, flags)', FLAGS_AT],
    ['offsetof(struct ib_uverbs_attr, data)', DATA_AT],
    ['UVERBS_ATTR_F_MANDATORY', FLAG_MANDATORY],
    ['UVERBS_ATTR_F_VALID_OUTPUT', FLAG_WRITTEN],
    ['UVERBS_ATTR_UHW_IN', DRIVER_BIT],
  ];
  return pairs.map(([expression, value]) => ({ expression, value }));
}

function struct(prefix: string, { name, bytes, fields, also = [], since }: Layout): readonly Expectation[] {
  const type = `struct ${prefix}${name}`;
  return [
    { expression: `sizeof(${type})`, value: bytes, since },
    ...[...fields, ...also].flatMap((field) => {
      const lifespan = { since: field.since ?? since };
      const size = { expression: `sizeof(((${type} *)0)->${field.name})`, value: field.bytes, ...lifespan };
      return [
        { expression: `offsetof(${type}, ${field.name})`, value: field.at, ...lifespan },
        // What is reserved is cut into smaller fields as time goes by.
        ...(/(^|\.)reserved$/.test(field.name) ? [] : [size]),
      ];
    }),
  ];
}

function ioctl({ name, request, bytes, type }: Hfi1Ioctl): readonly Expectation[] {
  const size = { expression: `sizeof(${type.startsWith('hfi1_') ? `struct ${type}` : type})`, value: bytes };
  return [
    { expression: `HFI1_IOCTL_${name}`, value: request },
    { expression: `_IOC_SIZE(HFI1_IOCTL_${name})`, value: bytes },
    ...(type === 'none' ? [] : [size]),
  ];
}
