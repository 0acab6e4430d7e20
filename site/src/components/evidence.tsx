/** The checks behind one verdict, fetched from this site when a reader opens it. Everything in it is text. */
import Link from '@docusaurus/Link';
import useBaseUrl from '@docusaurus/useBaseUrl';
import { useEffect, useState, type ReactElement } from 'react';
import type { EvidenceFile, EvidenceScenario, VerdictView } from '../../../runner/view_model/model.ts';
import { Copyable } from './copyable.tsx';
import { ClauseLinks } from './links.tsx';
import type { BriefVerdict } from '../../plugin/verdict_codes.ts';
import type { SharedSubject } from './shared.ts';
import { VerdictMark } from './verdict_mark.tsx';

/** Checks shown before a reader asks for all. */
const FIRST = 40;

type Loaded = { readonly file: EvidenceFile } | { readonly problem: string } | undefined;

export function Evidence({
  clause,
  subject,
  verdict: { word, stale },
  id,
}: {
  readonly clause: string;
  readonly subject: SharedSubject;
  readonly verdict: BriefVerdict;
  readonly id: string;
}): ReactElement {
  const loaded = useEvidence(subject.id, clause);
  const file = loaded !== undefined && 'file' in loaded ? loaded.file : undefined;
  return (
    <section className="evidence" id={id} aria-label={`${subject.label}: ${word}`}>
      <p className="evidence-head">
        <VerdictMark word={word} /> <Link to={`/results/${subject.id}/`}>{subject.label}</Link>, {subject.abi}
        {file !== undefined && <Behind verdict={file.verdict} />}
      </p>
      {stale && <p className="note-stale">This verdict was reached on an older sentence of the clause.</p>}
      {subject.study && <p className="note-study">{STUDY[subject.abi] ?? STUDY['uverbs']}</p>}
      {loaded === undefined && <p role="status">Loading the checks …</p>}
      {loaded !== undefined && 'problem' in loaded && (
        <p role="status">The checks could not be loaded: {loaded.problem}</p>
      )}
      {file !== undefined && <CheckTable file={file} />}
    </section>
  );
}

function Behind({ verdict }: { readonly verdict: VerdictView }): ReactElement {
  return (
    <>
      : {checksText(verdict)}
      {verdict.reason === undefined ? '' : `; ${verdict.reason}`}
      {verdict.blockedBy === undefined ? (
        ''
      ) : (
        <>
          ; blocked by <ClauseLinks ids={verdict.blockedBy} />
        </>
      )}
    </>
  );
}

const STUDY: Readonly<Record<string, string>> = {
  uapi: 'A design study on our own implementation: nothing outside this project implements this ABI.',
  uverbs: 'An implementation of this project: this says nothing about a kernel.',
};

function checksText({ passed, failed }: VerdictView): string {
  if (passed + failed === 0) return 'no check ran';
  return `${String(passed)} of ${String(passed + failed)} checks passed`;
}

function useEvidence(subject: string, clause: string): Loaded {
  const address = useBaseUrl(`/evidence/${subject}/${clause}.json`);
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    const gone = new AbortController();
    fetch(address, { signal: gone.signal })
      .then(async (response) => {
        if (!response.ok) throw new Error(`${String(response.status)} ${response.statusText}`);
        setLoaded({ file: (await response.json()) as EvidenceFile });
      })
      .catch((thrown: unknown) => {
        if (!gone.signal.aborted) setLoaded({ problem: thrown instanceof Error ? thrown.message : String(thrown) });
      });
    return () => {
      gone.abort();
    };
  }, [address]);
  return loaded;
}

function CheckTable({ file }: { readonly file: EvidenceFile }): ReactElement {
  const [all, setAll] = useState(false);
  const total = file.scenarios.reduce((sum, { checks }) => sum + checks.length, 0);
  let room = all ? Number.POSITIVE_INFINITY : FIRST;
  const shown: EvidenceScenario[] = [];
  for (const scenario of file.scenarios) {
    if (room <= 0) break;
    shown.push({ ...scenario, checks: scenario.checks.slice(0, room) });
    room -= Math.max(scenario.checks.length, 1);
  }
  const missing = total - shown.reduce((sum, { checks }) => sum + checks.length, 0);
  return (
    <>
      {shown.map((scenario) => (
        <ScenarioChecks key={scenario.id} scenario={scenario} file={file.file} />
      ))}
      {missing > 0 && (
        <button
          type="button"
          className="button button--secondary button--sm"
          onClick={() => {
            setAll(true);
          }}
        >
          Show the other {String(missing)} checks
        </button>
      )}
    </>
  );
}

function ScenarioChecks({
  scenario,
  file,
}: {
  readonly scenario: EvidenceScenario;
  readonly file: string;
}): ReactElement {
  const { id, anchor, outcome, reason, checks } = scenario;
  const page = id.slice(0, id.indexOf('/'));
  return (
    <div className="evidence-scenario">
      <p className="evidence-name">
        scenario{' '}
        {anchor === undefined ? (
          <code>{id}</code>
        ) : (
          <Link to={`/scenarios/${page}/#${anchor}`}>
            <code>{id}</code>
          </Link>
        )}
        : {outcome.replace('-', ' ')}
        {reason === undefined ? '' : ` (${reason})`}
      </p>
      {checks.length > 0 && (
        <ul className="checks">
          {checks.map(({ name, passed, expected, got, call, sent }, index) => (
            <li key={index}>
              <VerdictMark word={passed ? 'passed' : 'failed'} /> <strong>{name}</strong>
              <dl>
                <dt>expected</dt>
                <dd>{expected}</dd>
                <dt>got</dt>
                <dd>{got}</dd>
                {call !== undefined && (
                  <>
                    <dt>call</dt>
                    <dd>
                      <code>{call}</code>
                    </dd>
                  </>
                )}
                {sent !== undefined && (
                  <>
                    <dt>bytes</dt>
                    <dd>
                      <code className="hex">{sent}</code>
                    </dd>
                  </>
                )}
              </dl>
            </li>
          ))}
        </ul>
      )}
      {outcome !== 'not-applicable' && (
        <Copyable text={`npx rdma-conformance replay ${file} '${id}'`} what="replay command" />
      )}
    </div>
  );
}
