/** One published result: who was tested, with what, what came out, and what is open. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { SubjectView, VerdictView, Words } from '../../../runner/view_model/model.ts';
import { Copyable } from '../components/copyable.tsx';
import { ClauseLink } from '../components/links.tsx';
import { Page, Scrolling } from '../components/page.tsx';
import { VerdictCounts } from '../components/verdict_counts.tsx';
import { VerdictMark } from '../components/verdict_mark.tsx';

interface Data {
  readonly subject: SubjectView;
  readonly chapters: readonly { readonly id: string; readonly title: string; readonly file: string }[];
  readonly clauses: readonly {
    readonly id: string;
    readonly sentence: string;
    readonly level: string;
    readonly verdict: VerdictView;
  }[];
  readonly specification: { readonly version: string; readonly digest: string };
}

const KINDS = ['core', 'driver', 'provider', 'device', 'consumer'] as const;

export default function Result({ data }: { readonly data: Data }): ReactElement {
  const { subject, clauses } = data;
  return (
    <Page
      title={subject.label}
      description={`${subject.implementation} ${subject.version}, tested through ${subject.abi} on ${subject.started.slice(0, 10)}.`}
      wide
    >
      <Standing subject={subject} />
      <Facts data={data} />
      <h2 id="counts">By chapter and by who answers for it</h2>
      <p>Green checks of the core say nothing about a driver, so they are counted apart.</p>
      <Counts data={data} />
      {clauses.length > 0 && (
        <>
          <h2 id="findings">What to look at</h2>
          <ul className="findings">
            {clauses.map(({ id, sentence, verdict }) => (
              <li key={id}>
                <VerdictMark word={verdict.verdict} /> <ClauseLink id={id} />
                <p>{sentence}</p>
                {verdict.reason !== undefined && <p className="quiet">{verdict.reason}</p>}
              </li>
            ))}
          </ul>
        </>
      )}
      <Open subject={subject} />
    </Page>
  );
}

function Standing({
  subject: { study, abi, complete, current, selection },
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
          This result was made from another specification or other scenarios than are shown here; verdicts on sentences
          that changed since are marked.
        </p>
      )}
      {selection !== '' && <p className="note-stale">Only a part was run: {selection}.</p>}
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
    specVersion,
    specDigest,
  } = subject;
  return (
    <>
      <p className="big">
        <VerdictCounts words={subject.totals} />
      </p>
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
        <dt>Look closer</dt>
        <dd>
          <Copyable text={`npx rdma-conformance coverage ${file}`} what="command" />
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

function Open({ subject: { open, notApplicable, strangers } }: { readonly subject: SubjectView }): ReactElement {
  return (
    <>
      {open.length > 0 && (
        <>
          <h2 id="open">Scenarios without an answer</h2>
          <ul>
            {open.map(({ scenario, outcome, reason }) => (
              <li key={scenario}>
                <VerdictMark word={outcome === 'passed' ? 'passed' : outcome} /> <code>{scenario}</code>: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      {notApplicable.length > 0 && (
        <>
          <h2 id="not-applicable">Why scenarios do not apply</h2>
          <ul>
            {notApplicable.map(({ reason, scenarios }) => (
              <li key={reason}>
                {scenarios}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      {strangers.length > 0 && (
        <>
          <h2 id="strangers">Verdicts on clauses that are not in this specification</h2>
          <ul>
            {strangers.map(({ clause, verdict }) => (
              <li key={clause}>
                <code>{clause}</code>: {verdict}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
