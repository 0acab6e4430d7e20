/** One backend for all tests of a suite, as a run has one for all scenarios: each test begins where a reset left it. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Backend, Description, Process } from '../backend.ts';

export interface Opened {
  readonly backend: Backend;
  readonly description: Description;
  readonly path: string;
  /** A process with the device open. */
  readonly file: () => Promise<{ readonly process: Process; readonly fd: number }>;
}

/** What a test finds. To be called where tests are described. */
export function openedForAll(open: () => Promise<Backend>): () => Opened {
  let found: Opened | undefined;
  const theirs = (): Opened => {
    if (found === undefined) throw new Error('the backend could not be opened');
    return found;
  };
  beforeAll(async () => {
    const backend = await open();
    const description = await backend.describe();
    const path = description.devices[0]?.path ?? '';
    const file = async () => {
      const process = await backend.process();
      const answer = await process.open(path);
      if (!answer.ok) throw new Error(`${path} cannot be opened`);
      return { process, fd: answer.value };
    };
    found = { backend, description, path, file };
  });
  afterEach(async () => {
    expect((await theirs().backend.reset()).leaked).toEqual({});
  });
  afterAll(async () => {
    await found?.backend.close();
  });
  return theirs;
}
