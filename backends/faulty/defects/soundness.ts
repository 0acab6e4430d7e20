/** Defects whose calls are answered as they should be, and which the implementation notices in itself. */
import type { Call } from '../../emulator/core/call.ts';
import { spoiled, type Defect } from '../defect.ts';

/** The rule is kept: the complaint alone shows it. */
function heard(rule: string, suffix: string, story: string, complaint: string): Defect {
  const made = spoiled<Call>(rule, 'state-changed', { story, suffix }, ({ device }) => {
    device.complaints.push(complaint);
  });
  return { ...made, clauses: ['complaint-none'] };
}

export const SOUNDNESS_DEFECTS: readonly Defect[] = [
  heard(
    'cq-destroy',
    'list-corruption',
    'Destroying a completion queue takes it off a list that it is not on, and the kernel warns of it.',
    'WARNING: list_del corruption, next is LIST_POISON1',
  ),
  heard(
    'pd-create',
    'sleeps',
    'A protection domain is made with a lock held and an allocation that may sleep, and the kernel warns of it.',
    'BUG: sleeping function called from invalid context',
  ),
];
