/** Which of the published subjects a table shows: by ABI, and by whether they are implementations of this project. */
import { useState, type ReactElement } from 'react';
import type { SubjectView } from '../../../runner/view_model/model.ts';

type Filtered = Pick<SubjectView, 'abi' | 'study'>;

const KINDS = [
  { id: 'all', title: 'all' },
  { id: 'real', title: 'shipped' },
  { id: 'study', title: 'of this project' },
] as const;

/** The subjects to show, and what a reader chooses them with; nothing to choose with where there is no choice. */
export function useSubjectFilter<Subject extends Filtered>(
  subjects: readonly Subject[],
): readonly [shown: readonly Subject[], filter: ReactElement | null] {
  const [abi, setAbi] = useState('all');
  const [kind, setKind] = useState<string>('all');
  const abis = [...new Set(subjects.map((subject) => subject.abi))].sort();
  const mixed = new Set(subjects.map(({ study }) => study)).size > 1;
  const shown = subjects.filter(
    (subject) => (abi === 'all' || subject.abi === abi) && (kind === 'all' || subject.study === (kind === 'study')),
  );
  if (abis.length < 2 && !mixed) return [subjects, null];
  const filter = (
    <p className="subject-filter">
      {mixed && <Choice label="Implementations" value={kind} choose={setKind} options={KINDS} />}
      {abis.length > 1 && (
        <Choice label="ABI" value={abi} choose={setAbi} options={['all', ...abis].map((id) => ({ id, title: id }))} />
      )}
      <span className="quiet" role="status">
        {shown.length} of {subjects.length} results
      </span>
    </p>
  );
  return [shown, filter];
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choose: (id: string) => void;
  readonly options: readonly { readonly id: string; readonly title: string }[];
}

export function Choice({ label, value, choose, options }: ChoiceProps): ReactElement {
  return (
    <label>
      {label}{' '}
      <select
        value={value}
        onChange={({ target }) => {
          choose(target.value);
        }}
      >
        {options.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
