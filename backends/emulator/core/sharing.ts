/**
 * Descriptors in more than one process, and how long what they refer to lives. Kernels do this for every kind of file;
 * here it is told by rules because every process that shares a context relies on it.
 */
import { ERRNO } from '../../../spec/errno.ts';
import type { Rule } from '../rules.ts';
import type { Descriptor, OpenFile, Process } from './process.ts';

/** A process and the child that is being made of it. */
export interface Fork {
  readonly parent: Process;
  readonly child: Process;
}

/** An open file on its way to a process that has not got it. */
export interface Passing {
  readonly file: OpenFile;
  readonly to: Process;
  /** The number it has there. */
  fd: number;
}

/** A descriptor whose close-on-exec is set or cleared. */
export interface Flagging {
  readonly descriptor: Descriptor;
  readonly closeOnExec: boolean;
}

export function sharingRules(): Readonly<Record<string, readonly Rule<never>[]>> {
  const fork: readonly Rule<Fork>[] = [
    { clause: 'share-mapping', apply: ({ parent, child }) => ((child.memory = parent.memory.copy()), 0) },
    {
      clause: 'share-context',
      apply: ({ parent, child }) => {
        for (const [fd, { file, closeOnExec }] of parent.descriptors) child.take(fd, file, closeOnExec);
        return 0;
      },
    },
    // Those of the descriptor have been copied with it; those of the file are the same.
    { clause: 'share-flags', apply: () => 0 },
  ];
  const pass: readonly Rule<Passing>[] = [
    { clause: 'share-context', apply: (passing) => ((passing.fd = passing.to.install(passing.file, false)), 0) },
    { clause: 'share-flags', apply: () => 0 },
  ];
  // Asked when a descriptor was closed or a call has returned; not 0: the file lives on.
  const end: readonly Rule<OpenFile>[] = [
    { clause: 'share-close', apply: ({ references }) => (references > 0 ? ERRNO.EBUSY : 0) },
    {
      clause: 'concurrent-close',
      apply: ({ running, channel }) => (channel === undefined && running > 0 ? ERRNO.EBUSY : 0),
    },
    {
      clause: 'concurrent-close-read',
      apply: ({ running, channel }) => (channel !== undefined && running > 0 ? ERRNO.EBUSY : 0),
    },
  ];
  const flag: readonly Rule<Flagging>[] = [
    {
      clause: 'open-close-on-exec',
      apply: ({ descriptor, closeOnExec }) => {
        descriptor.closeOnExec = closeOnExec;
        return 0;
      },
    },
  ];
  return { 'process.fork': fork, 'file.pass': pass, 'file.end': end, 'file.flag': flag };
}
