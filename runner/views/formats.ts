/** The views other tools read: adding one is adding a file and a row. Each is loaded only when it is asked for. */
import type { Spec } from '../../spec/model.ts';
import type { ResultDocument } from '../result/document.ts';
import type { Sources } from './sources.ts';

/** What a view is made from. */
export interface ViewInput {
  readonly document: ResultDocument;
  readonly spec: Spec;
  /** The result, as a command in this folder would name it. */
  readonly path: string;
  /** Whether a should that is not met counts, as for the exit code of the run. */
  readonly strict: boolean;
  /** The feature files of the run; refuses others. */
  readonly sources: () => Sources;
}

export interface ViewModule {
  /** The whole text, its last line ended. */
  readonly render: (input: ViewInput) => string;
}

export interface View {
  readonly id: string;
  readonly meaning: string;
  /** Stands in the first bytes of what the view writes, and of nothing that is not a view of this tool. */
  readonly mark: string;
  readonly load: () => Promise<ViewModule>;
}

export const TOOL = 'rdma-conformance';

export const VIEWS: readonly View[] = [
  {
    id: 'junit',
    meaning: 'JUnit XML',
    mark: `<testsuites name="${TOOL}"`,
    load: () => import('./junit.ts'),
  },
  {
    id: 'ctrf',
    meaning: 'CTRF, the common test report format (JSON)',
    mark: `"generatedBy": "${TOOL}"`,
    load: () => import('./ctrf.ts'),
  },
  {
    id: 'ktap',
    meaning: 'KTAP, the test protocol of the Linux kernel',
    mark: `# ${TOOL} `,
    load: () => import('./ktap.ts'),
  },
  {
    id: 'messages',
    meaning: 'Cucumber Messages (NDJSON)',
    mark: `"implementation":{"name":"${TOOL}"`,
    load: () => import('./messages.ts'),
  },
];
