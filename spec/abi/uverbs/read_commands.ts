/** One entry of commands.yaml, and what every layout must keep to: it carries only what its call has. */
import { isErrno, type ErrnoName } from '../../errno.ts';
import type { Spec } from '../../model.ts';
import { COMMAND_NUMBER } from './layout.ts';
import type { Node } from './narrow.ts';
import type { Command, Layout, Records, TailPiece, Work } from './tables.ts';
import { carriedBy } from './tables.ts';

type Layouts = Readonly<Record<string, Layout>>;

const DRIVER_DATA: readonly ('both' | 'in')[] = ['both', 'in'];

/** Of commands that answer with nothing but success, and of numbers that never had code. */
const NOTHING: Layout = { name: '', bytes: 0, fields: [] };

export function readCommand(spec: Spec, layouts: Layouts, name: string, node: Node): Command {
  const number = node.number('number');
  if (number > COMMAND_NUMBER) throw node.wrong('number', `at most ${String(COMMAND_NUMBER)}`);
  const extended = node.flag('extended');
  const request = node.has('request') ? layoutOf(layouts, node, 'request') : NOTHING;
  const response = node.has('response') ? layoutOf(layouts, node, 'response') : NOTHING;
  const serves = node.optionalText('serves');
  const like = node.optionalText('like');
  // A layout can be that of two commands, of which a call becomes only one.
  const call = serves ?? like;
  for (const layout of call === undefined ? [] : [request, response]) checkCarried(spec, call, layout, node);
  return {
    name,
    constant: `${extended ? 'EX_' : ''}CMD_${name.replace(/_ex$/, '').toUpperCase()}`,
    number,
    extended,
    object: node.optionalText('object'),
    needs: node.texts('needs'),
    driverData: node.has('driver_data') ? node.oneOf('driver_data', DRIVER_DATA) : undefined,
    serves,
    like,
    opensContext: node.says('context', 'opens'),
    request,
    tail: readTailPieces(spec, layouts, serves, node),
    requestMinimum: node.number('request_minimum', extended ? 0 : request.bytes),
    responseMinimum: extended ? 0 : response.bytes,
    work: readWorkTable(spec, layouts, serves, node),
    response,
    answers: node.has('answer') ? readRecordsTable(spec, layouts, serves, node, 'answer') : undefined,
    maskOnly: node.texts('mask_only'),
    flags: node.numbers('flags'),
    unknownFlags: readErrno(node),
  };
}

function layoutOf(layouts: Layouts, node: Node, key: string): Layout {
  const layout = layouts[node.text(key)];
  if (layout === undefined) throw node.wrong(key, 'a layout of structs.yaml');
  return layout;
}

function readWorkTable(spec: Spec, layouts: Layouts, serves: string | undefined, node: Node): Work | undefined {
  if (!node.has('work')) return undefined;
  const layout = layoutOf(layouts, node, 'work');
  checkCarried(spec, serves, layout, node);
  return { layout, pieces: readRecordsTable(spec, layouts, serves, node, 'piece') };
}

/** `key`: the layout of one record; `<key>_list`: the neutral list of them. */
function readRecordsTable(spec: Spec, layouts: Layouts, serves: string | undefined, node: Node, key: string): Records {
  const layout = layoutOf(layouts, node, key);
  const list = node.text(`${key}_list`);
  checkCarried(spec, serves, { name: layout.name, bytes: 0, fields: [], list }, node);
  return { list, layout };
}

function readErrno(node: Node): ErrnoName | undefined {
  const name = node.optionalText('unknown_flags');
  if (name !== undefined && !isErrno(name)) throw node.wrong('unknown_flags', 'the name of an errno');
  return name;
}

function readTailPieces(spec: Spec, layouts: Layouts, serves: string | undefined, node: Node): readonly TailPiece[] {
  const list = node.optionalText('tail_list');
  if (list !== undefined) return [{ list, layout: { name: list, bytes: 0, fields: [] } }];
  return node.texts('tail').map((name) => {
    const layout = layouts[name];
    if (layout === undefined) throw node.wrong('tail', 'layouts of structs.yaml');
    checkCarried(spec, serves, layout, node);
    return { list, layout };
  });
}

/** What a layout carries must be attributes of the object whose call it serves. */
export function checkCarried(spec: Spec, serves: string | undefined, layout: Layout, node: Node): void {
  const known = spec.objects[serves?.split('.')[0] ?? '']?.attributes ?? {};
  for (const name of carriedBy(layout)) {
    if (known[name] === undefined)
      throw new TypeError(
        `uverbs table ${node.where}: ${layout.name} carries ${name}, which ${serves ?? 'nothing'} does not have`,
      );
  }
}
