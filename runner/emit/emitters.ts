/** The languages a check can be written in: adding one is adding a module and a row. Each is loaded only when it is asked for. */
import type { Abi } from '../../spec/abi/abi.ts';
import type { Clause, Spec } from '../../spec/model.ts';
import type { Check } from '../../spec/verdict/check.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import type { TestSubject } from '../result/document.ts';

/** A check, what it is about, and the calls of its scenario. */
export interface Emission {
  readonly spec: Spec;
  readonly abi: Abi;
  readonly clause: Clause;
  readonly check: Check;
  readonly scenario: string;
  readonly subject: TestSubject;
  readonly lines: readonly TraceLine[];
}

export interface Emitter {
  readonly id: string;
  /** Stands in the first bytes of what is emitted, and of nothing that is not. */
  readonly mark: string;
  /** Throws UsageError where a program cannot tell the check. */
  readonly load: () => Promise<(emission: Emission) => string>;
}

export const EMITTERS: readonly Emitter[] = [
  {
    id: 'c',
    mark: 'Made by rdma-conformance replay --emit c',
    load: async () => (await import('./c_source.ts')).cSource,
  },
];
