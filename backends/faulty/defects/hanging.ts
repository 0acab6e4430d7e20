/** The backend whose call never resolves: what `errored: hang` is proved with. */
import type { Defect } from '../defect.ts';

export const HANGING: Defect = {
  id: 'hang',
  clauses: [],
  kind: 'late-event',
  story: 'A destroy of a protection domain never answers.',
  abi: 'uapi',
  models: ['verbs'],
  alter: (pipelines) => pipelines,
};
