/** hfi1.yaml: the ioctls of a device file that is no uverbs, for reference. */
import type { Node } from './narrow.ts';
import { readLayouts } from './read_layouts.ts';
import type { Layout } from './tables.ts';

export interface Hfi1Ioctl {
  /** HFI1_IOCTL_<name>. */
  readonly name: string;
  readonly request: number;
  /** What the argument points to, as C has it: a struct without the word, a type, or `none`. */
  readonly type: string;
  readonly bytes: number;
  readonly moves: string;
  /** It can be called before a context is assigned. */
  readonly early: boolean;
  readonly means: string;
}

export interface Hfi1 {
  readonly ioctls: readonly Hfi1Ioctl[];
  readonly structs: readonly Layout[];
}

export function readHfi1(node: Node): Hfi1 {
  const ioctls = node
    .child('ioctls')
    .children()
    .map(([name, one]) => ({
      name,
      request: one.number('request'),
      type: one.text('type'),
      bytes: one.number('bytes'),
      moves: one.oneOf('moves', ['in', 'out', 'both', 'none']),
      early: one.flag('early'),
      means: one.text('means'),
    }));
  return { ioctls, structs: Object.values(readLayouts(node.child('structs'))) };
}
