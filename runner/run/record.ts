/** One run on one subject with a record on disk: journal while it runs, result document when it ends. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../failure.ts';
import type { ResultDocument, Selection } from '../result/document.ts';
import { writeResult } from '../result/folder.ts';
import { fold, progressOf, type Progress } from '../result/fold.ts';
import { JOURNAL_FILE } from '../result/read.ts';
import type { Listener } from './collector.ts';
import type { Steps } from './cucumber.ts';
import type { Scenario } from './features.ts';
import { Journal, JOURNAL_FORMAT, type HeaderLine } from './journal.ts';
import { readJournal } from './journal_read.ts';
import type { Loaded } from './load.ts';
import { runSuite } from './suite.ts';
import { testSubject, type OpenSubject } from './subject.ts';

export interface Recording {
  readonly loaded: Loaded;
  readonly steps: Steps;
  readonly tool: string;
  readonly subject: OpenSubject;
  readonly scenarios: readonly Scenario[];
  readonly selection: Selection;
  readonly seed: number;
  readonly folder: string;
  readonly resume: boolean;
  readonly watch: (before: Progress) => Listener;
  readonly stop: () => boolean;
  /** ISO 8601, UTC. */
  readonly now: () => string;
}

export interface Recorded {
  readonly document: ResultDocument;
  /** Path of the result document. */
  readonly path: string;
}

/** The folder is prepared (see result/folder.ts): nothing of anybody else is in it, our own earlier files are set aside. */
export async function recordRun(recording: Recording): Promise<Recorded> {
  const { loaded, steps, subject, scenarios, selection, folder, now } = recording;
  const { spec } = loaded;
  const journal = await openJournal(recording, headerOf(recording));
  const before = progressOf(journal.lines);
  try {
    const { stop } = recording;
    const watch = recording.watch(before);
    const run = { steps, spec, subject, scenarios, hazard: selection.hazard, sink: journal, watch, stop };
    await runSuite(run, before);
    journal.write({ kind: 'ended', at: now() });
  } finally {
    journal.close();
  }
  const document = fold(journal.lines, spec);
  return { document, path: writeResult(folder, document) };
}

function headerOf({ loaded, tool, subject, scenarios, selection, seed, now }: Recording): HeaderLine {
  const { description, capabilities } = subject;
  return {
    kind: 'header',
    format: JOURNAL_FORMAT,
    tool,
    spec: { version: loaded.spec.version, digest: loaded.spec.digest },
    features: loaded.features.digest,
    subject: testSubject(subject),
    seed,
    selection,
    description,
    capabilities: [...capabilities].sort(),
    planned: scenarios.map(({ id, clauses }) => ({ id, clauses })),
    started: now(),
  };
}

async function openJournal({ loaded, folder, resume }: Recording, header: HeaderLine): Promise<Journal> {
  const path = join(folder, JOURNAL_FILE);
  // A run over several models may have been cut off before it came to this one.
  if (!resume || !existsSync(path) || statSync(path).size === 0) {
    const journal = Journal.create(path);
    journal.write(header);
    return journal;
  }
  const earlier = await readJournal(path, loaded.root);
  for (const [name, part] of MUST_AGREE) {
    const [was, is] = [part(earlier.header), part(header)];
    if (was !== is) {
      throw new UsageError(
        `${path}: its ${name} is not that of this run (${was} then, ${is} now); give the same again or run without --resume`,
      );
    }
  }
  return Journal.append(path, earlier.lines, earlier.length);
}

/** What both parts of a run must have in common for their scenarios to make one result. */
const MUST_AGREE: readonly (readonly [string, (header: HeaderLine) => string])[] = [
  ['tool version', (header) => header.tool],
  ['backend', (header) => header.subject.backend],
  ['model', (header) => header.subject.model],
  ['implementation', ({ subject }) => `${subject.implementation} ${subject.version}`],
  ['seed', (header) => String(header.seed)],
  ['selection', (header) => JSON.stringify(header.selection)],
  ['specification', (header) => header.spec.digest],
  ['set of features', (header) => header.features],
  ['set of capabilities', (header) => header.capabilities.join(', ')],
];
