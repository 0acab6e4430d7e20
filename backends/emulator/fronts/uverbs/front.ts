import type { Spec } from '../../../../spec/model.ts';
import type { Pipelines } from '../../rules.ts';
import type { Front } from '../front.ts';

export function uverbsFront(_spec: Spec, _pipelines: Pipelines): Front {
  throw new Error('not built yet');
}
