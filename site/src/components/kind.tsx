/** Says of implementations of this project that they are. */
import type { ReactElement } from 'react';
import type { SubjectView } from '../../../runner/view_model/model.ts';

export function Kind({ study, abi }: Pick<SubjectView, 'study' | 'abi'>): ReactElement | null {
  if (!study) return null;
  return <span className="tag">{abi === 'uapi' ? 'design study' : 'own implementation'}</span>;
}
