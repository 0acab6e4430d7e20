/** One published result: who was tested, with what, what came out, and what is open. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { SubjectView, Words } from '../../../runner/view_model/model.ts';
import { Findings, type Finding } from '../components/findings.tsx';
import { judgementAnchor } from '../components/anchors.ts';
import { Copyable } from '../components/copyable.tsx';
import { JudgementMark, DemandCounts } from '../components/judgement.tsx';
import { Page, Scrolling } from '../components/page.tsx';
import type { ProfileRow } from '../components/profile_matrix.tsx';
import { Unanswered } from '../components/unanswered.tsx';
import { VerdictCounts } from '../components/verdict_counts.tsx';

interface Data {
  readonly subject: SubjectView;
  readonly chapters: readonly { readonly id: string; readonly title: string; readonly file: string }[];
  readonly clauses: readonly Finding[];
  readonly profiles: readonly ProfileRow[];
  readonly specification: { readonly version: string; readonly digest: string };
}

const KINDS = ['core', 'driver', 'provider', 'device', 'consumer'] as const;

export default function Result({ data }: { readonly data: Data }): ReactElement {
  const { subject } = data;
  return (
    <Page
      title={subject.label}
      description={`${subject.implementation} ${subject.version}, tested through ${subject.abi} on ${subject.started.slice(0, 10)}.`}
      wide
    >
      <Standing subject={subject} />
      <p className="big">
        <VerdictCounts words={subject.totals} />
      </p>
      <Findings subject={subject} clauses={data.clauses} />
      <Judgements data={data} />
      <Facts data={data} />
      <h2 id="counts">By chapter and by who answers for it</h2>
      <p>Green checks of the core say nothing about a driver, so they are counted apart.</p>
      <Counts data={data} />
      <Unanswered subject={subject} />
    </Page>
  );
}

function Standing({
  subject: { study, abi, complete, current, sameSentences, selection },
}: {
  readonly subject: SubjectView;
}): ReactElement {
  return (
    <>
      {study && abi === 'uapi' && (
        <p className="note-study">
          A design study on our own implementation: nothing outside this project implements this ABI, so this result
          says that the specification can be implemented and tested, and nothing about any product.
        </p>
      )}
      {study && abi !== 'uapi' && (
        <p className="note-study">
          This implementation is part of the project: the result says nothing about a kernel.
        </p>
      )}
      {!complete && <p className="note-stale">The run was cut off: not every scenario was reached.</p>}
      {!current && (
        <p className="note-stale">
          {sameSentences
            ? 'This result was made from the sentences shown here, and other scenarios: some were added, changed or renamed since.'
            : 'This result was made from another specification than is shown here; verdicts on sentences that changed since are marked.'}
        </p>
      )}
      {selection !== '' && <p className="note-stale">Only a part was run: {selection}.</p>}
    </>
  );
}

/** Under every profile that is claimed for its ABI. */
function Judgements({ data: { subject, profiles } }: { readonly data: Data }): ReactElement {
  return (
    <>
      <h2 id="profiles">Which profiles it meets</h2>
      <ul className="judged-list">
        {profiles.flatMap(({ id, title, judgements }) =>
          judgements
            .filter((one) => one.subject === subject.id && one.outcome !== 'not applicable')
            .map((judgement) => (
              <li key={id}>
                <JudgementMark judgement={judgement} />
                <Link to={`/profiles/${id}/#${judgementAnchor(subject.id)}`}>{title}</Link>
                <DemandCounts counts={judgement.counts} />
              </li>
            )),
        )}
      </ul>
    </>
  );
}

function Facts({ data: { subject, specification } }: { readonly data: Data }): ReactElement {
  const {
    backend,
    model,
    kernel,
    driver,
    tool,
    seed,
    started,
    finished,
    checks,
    outcomes,
    capabilities,
    file,
    again,
    specVersion,
    specDigest,
  } = subject;
  return (
    <>
      <h2 id="run">The run</h2>
      <dl className="object-facts">
        <dt>Backend and model</dt>
        <dd>
          <code>{backend}</code>, <code>{model}</code>
        </dd>
        {kernel !== undefined && (
          <>
            <dt>Kernel and driver</dt>
            <dd>
              Linux {kernel}
              {driver === undefined ? (
                ''
              ) : (
                <>
                  , <code>{driver}</code>
                </>
              )}
            </dd>
          </>
        )}
        <dt>Specification</dt>
        <dd>
          {specVersion} <code>{specDigest}</code>
          {specDigest === specification.digest ? ', the one shown' : ''}
        </dd>
        <dt>Tool, seed</dt>
        <dd>
          {tool}, {seed}
        </dd>
        <dt>Run</dt>
        <dd>
          <time dateTime={started}>{started}</time>
          {finished === undefined ? (
            ', cut off'
          ) : (
            <>
              {' '}
              to <time dateTime={finished}>{finished}</time>
            </>
          )}
        </dd>
        <dt>Scenarios</dt>
        <dd>
          {Object.entries(outcomes)
            .map(([word, number]) => `${String(number)} ${word.replace('-', ' ')}`)
            .join(', ')}
          ; {checks} checks
        </dd>
        <dt>What the device offers</dt>
        <dd className="quiet">{capabilities.join(', ')}</dd>
        {again !== undefined && (
          <>
            <dt>Test it again</dt>
            <dd>
              <Copyable text={again} what="command that tests it again" />
            </dd>
          </>
        )}
        <dt>Look closer</dt>
        <dd>
          <Copyable text={`npx rdma-conformance coverage ${file}`} what="command that shows what it decides" />
        </dd>
      </dl>
    </>
  );
}

function Counts({ data: { subject, chapters } }: { readonly data: Data }): ReactElement {
  const words = (chapter: string, kind: string): Words | undefined =>
    subject.counts.find((count) => count.chapter === chapter && count.subject === kind)?.verdicts;
  const kinds = KINDS.filter((kind) => subject.counts.some((count) => count.subject === kind));
  return (
    <Scrolling label="Counts by chapter and subject">
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">chapter</th>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {kind}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chapters
            .filter(({ id }) => kinds.some((kind) => words(id, kind) !== undefined))
            .map(({ id, title, file }) => (
              <tr key={id}>
                <th scope="row">
                  <Link to={`/${file.replace(/^spec\//, '').replace(/\.md$/, '')}/`}>{title}</Link>
                </th>
                {kinds.map((kind) => {
                  const its = words(id, kind);
                  return <td key={kind}>{its === undefined ? '' : <VerdictCounts words={its} />}</td>;
                })}
              </tr>
            ))}
        </tbody>
      </table>
    </Scrolling>
  );
}
