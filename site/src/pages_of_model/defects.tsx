/** Documented defects: what each does wrong, which clauses it breaks, and whether the suite was shown to notice. */
import { useState, type ReactElement } from 'react';
import type { DefectsView, DefectView } from '../../../runner/view_model/model.ts';
import { useAnchors } from '../components/anchors.ts';
import { ClauseLinks } from '../components/links.tsx';
import { Page } from '../components/page.tsx';
import { Shape, type MarkWord } from '../components/verdict_mark.tsx';

const PROOF: Readonly<Record<DefectView['proof'], { readonly mark: MarkWord; readonly text: string }>> = {
  caught: { mark: 'conformant', text: 'caught' },
  missed: { mark: 'nonconformant', text: 'missed' },
  stale: { mark: 'deviates', text: 'caught, on an older sentence' },
  unproved: { mark: 'untested', text: 'not tried in a published proof' },
};

export default function Defects({
  data: { defects: view },
}: {
  readonly data: { readonly defects: DefectsView };
}): ReactElement {
  const { defects, musts, mustsWithCaught, proofs } = view;
  useAnchors(defects.map(({ id }) => id));
  const [wanted, setWanted] = useState('');
  const needle = wanted.trim().toLowerCase();
  const shown = defects.filter(
    ({ id, kind, story, clauses }) =>
      needle === '' || [id, kind, story, ...clauses].some((text) => text.toLowerCase().includes(needle)),
  );
  const caught = defects.filter(({ proof }) => proof === 'caught').length;
  return (
    <Page
      title="Documented defects"
      description="A suite that cannot fail proves nothing. Each of these implementations is wrong in one known way; the suite must make exactly the clauses it names nonconformant, and no other."
      wide
    >
      <p className="big">
        {caught} of {defects.length} defects caught; {mustsWithCaught} of {musts} musts have one that was caught.
      </p>
      {proofs.length === 0 ? (
        <p className="note-stale">
          No proof is published: <code>npm run prove -- --out site/results/proof.json</code> makes one.
        </p>
      ) : (
        <ul>
          {proofs.map(({ file, finished, specDigest, current, complete }) => (
            <li key={file}>
              <code>{file}</code>, <time dateTime={finished}>{finished.slice(0, 10)}</time>, specification{' '}
              <code>{specDigest}</code>
              {current ? '' : ' (older than the one shown; clauses that were reworded since are marked)'}
              {complete ? '' : ', a sample only'}
            </li>
          ))}
        </ul>
      )}
      <p>
        <label htmlFor="defect-filter">Show those that name </label>
        <input
          id="defect-filter"
          className="field"
          type="search"
          value={wanted}
          onChange={(event) => {
            setWanted(event.target.value);
          }}
        />{' '}
        <span role="status">{shown.length} shown</span>
      </p>
      <ul className="defects">
        {shown.map(({ id, abi, kind, story, clauses, proof, reasons }) => (
          <li key={id} id={id}>
            <code className="name">{id}</code> <span className="tag">{abi}</span> <span className="tag">{kind}</span>{' '}
            <span className="proof">
              <Shape word={PROOF[proof].mark} /> {PROOF[proof].text}
            </span>
            <p>{story}</p>
            <p className="quiet">
              breaks <ClauseLinks ids={clauses} />
            </p>
            {reasons.length > 0 && (
              <ul>
                {reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </Page>
  );
}
