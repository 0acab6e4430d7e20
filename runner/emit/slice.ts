/**
 * The calls of a trace that lead to one of them: what made the objects it names and those they were made of, what was done to
 * them, what was made of the object it is about, and the looks at that object afterwards. All else had no part in it.
 */
import { succeeded, type Binding, type BoundCall } from './bindings.ts';

/** Indices in order. `at`: index of the call that is judged. */
export function leadingTo(calls: readonly BoundCall[], at: number): readonly number[] {
  const judged = calls[at];
  if (judged === undefined) return [];
  const chosen = new Set<number>();
  const wanted = new Set<Binding>();
  const want = (binding: Binding): void => {
    if (wanted.has(binding)) return;
    wanted.add(binding);
    choose(binding.by);
  };
  const choose = (index: number): void => {
    const call = calls[index];
    if (chosen.has(index) || call === undefined) return;
    chosen.add(index);
    if (call.on !== undefined) want(call.on);
    for (const { binding } of call.uses) want(binding);
  };
  choose(at);
  const before = calls.slice(0, at).filter(({ line }) => succeeded(line));
  for (let size = -1; size < chosen.size;) {
    size = chosen.size;
    for (const { index, made } of usersOf(before, judged)) {
      choose(index);
      for (const { binding } of made) want(binding);
    }
    for (const call of before) if (concerns(call, wanted)) choose(call.index);
  }
  return [...withoutIdleLooks(calls, chosen, at), ...looksAfter(calls, at)];
}

/** What was made of the object that the judged call is about, what was made of that, and so on. */
function usersOf(before: readonly BoundCall[], { target }: BoundCall): readonly BoundCall[] {
  if (target === undefined || target.of === 'device') return [];
  const family = new Set([target]);
  return before.filter(({ uses, made }) => {
    const belongs = made.length > 0 && uses.some(({ binding }) => family.has(binding));
    if (belongs) for (const { binding } of made) family.add(binding);
    return belongs;
  });
}

/** Something done to what is wanted; on a device file what is about no object, such as the greeting. */
function concerns({ target, on, named, made, uses, line }: BoundCall, wanted: ReadonlySet<Binding>): boolean {
  if (target !== undefined) return wanted.has(target);
  if (line.call !== 'ioctl' || on === undefined || !wanted.has(on)) return false;
  return named?.observes === false && made.length === 0 && uses.length === 0;
}

/** A look at an object changes nothing; of those before the judged call the last of each kind is kept, to compare with. */
function withoutIdleLooks(calls: readonly BoundCall[], chosen: ReadonlySet<number>, at: number): readonly number[] {
  const last = new Map<string, number>();
  const kindOf = (index: number): string | undefined => {
    const { named, target } = calls[index] ?? {};
    return index !== at && named?.observes === true ? `${named.method} ${target?.variable ?? ''}` : undefined;
  };
  const order = [...chosen].sort((one, two) => one - two);
  for (const index of order) {
    const kind = kindOf(index);
    if (kind !== undefined) last.set(kind, index);
  }
  const seen = calls[at]?.target;
  return order.filter((index) => {
    const kind = kindOf(index);
    return kind === undefined || (last.get(kind) === index && calls[index]?.target === seen && seen !== undefined);
  });
}

/** The looks that follow the judged call, up to the next thing done to the object. */
function looksAfter(calls: readonly BoundCall[], at: number): readonly number[] {
  const { target } = calls[at] ?? {};
  if (target === undefined) return [];
  const after: number[] = [];
  for (const { index, target: about, named } of calls.slice(at + 1)) {
    if (about !== target) continue;
    if (named?.observes !== true) break;
    after.push(index);
  }
  return after;
}
