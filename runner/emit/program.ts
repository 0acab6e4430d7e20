/** A check as a program: the calls to make, where values that come back go into later ones, and what is compared at the end. */
import type { Abi } from '../../spec/abi/abi.ts';
import type { Check } from '../../spec/verdict/check.ts';
import type { TraceLine } from '../../spec/verdict/evidence.ts';
import { UsageError } from '../failure.ts';
import { traceLineText } from '../views/calls.ts';
import { boundCalls, succeeded, type BoundCall } from './bindings.ts';
import { judgementOf, type Judgement } from './judgement.ts';
import { leadingTo } from './slice.ts';

export interface Program {
  readonly calls: readonly BoundCall[];
  /** The call the check is about. */
  readonly judged: BoundCall;
  readonly judgement: Judgement;
  /** Its calls are those of a process without CAP_NET_RAW. */
  readonly unprivileged: boolean;
}

/** Calls that a program of one process can make by itself. */
const EMITTED: ReadonlySet<TraceLine['call']> = new Set([
  'open',
  'ioctl',
  'read',
  'write',
  'poll',
  'fcntl',
  'map',
  'close',
]);

/** Why a program cannot make a call. */
const REFUSED: Readonly<Partial<Record<TraceLine['call'], string>>> = {
  control: 'a control, which no program can do',
  fork: 'made by a process that another one forked',
  sendFd: 'passes a descriptor to another process',
  reset: 'the backend looks for what was left behind',
};

/** Throws UsageError, naming the call, where the check cannot be told by calls of one program. */
export function programOf(abi: Abi, lines: readonly TraceLine[], check: Check): Program {
  const calls = boundCalls(abi, lines);
  if (calls === undefined)
    throw new UsageError(
      `--emit: no implementation of ${abi.id} exists outside this project, so nothing could run the program`,
    );
  const judged = calls.find(({ line }) => line.n === check.n);
  if (judged === undefined)
    throw new UsageError(
      `--emit: the trace does not have the call of "${check.name}"; run the scenario again with this version`,
    );
  const refuse = ({ line }: BoundCall, why: string): never => {
    throw new UsageError([
      `--emit: call ${String(line.n)} of the trace cannot be emitted: ${why}`,
      traceLineText(line, abi),
    ]);
  };
  const controlled = calls.find(
    ({ index, line }) => index <= judged.index && line.call === 'control' && succeeded(line),
  );
  if (controlled !== undefined) refuse(controlled, REFUSED.control ?? '');
  const children = new Set(lines.filter(({ call }) => call === 'fork').map(({ answer }) => Number(answer)));
  const chosen = leadingTo(calls, judged.index).map((index) => calls[index] as BoundCall);
  for (const call of chosen) {
    const { line, on } = call;
    if (children.has(line.pid)) refuse(call, REFUSED.fork ?? '');
    if (!EMITTED.has(line.call))
      refuse(call, REFUSED[line.call] ?? `${line.call} is about memory of the process that ran it`);
    if (line.fd !== undefined && line.fd >= 0 && on === undefined && call !== judged)
      refuse(call, 'nothing that is kept of the trace opened its descriptor');
  }
  const opened = chosen.filter(({ line }) => line.call === 'open');
  const unprivileged = opened.filter(({ line }) => line.unprivileged === true).length;
  if (unprivileged !== 0 && unprivileged !== opened.length)
    refuse(opened[0] as BoundCall, 'some processes of the scenario are privileged and some are not');
  const judgement = judgementOf(check, judged, chosen, calls);
  if (judgement === undefined)
    throw new UsageError([
      `--emit: "${check.name}" is none of what a program can tell: an answer, one value of a reply, what two queries of an object say`,
      `expected ${check.expected}, got ${check.got}`,
    ]);
  const { look } = judgement;
  const compared = look?.kind === 'unchanged' && !chosen.includes(look.before) ? [look.before] : [];
  const whole = [...chosen, ...compared].sort((one, two) => one.index - two.index);
  return { calls: whole, judged, judgement, unprivileged: unprivileged > 0 };
}
