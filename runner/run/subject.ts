/** Opens what is to be tested: the backend, what it says of itself, and what it offers as discovered through the ABI. */
import { BackendError, type Backend, type Description } from '../../backends/backend.ts';
import { discoverCapabilities } from '../../backends/discover.ts';
import { findBackend, type BackendEntry, BACKENDS } from '../../backends/registry.ts';
import { closeSession, openSession, type SessionOptions } from '../../backends/session.ts';
import type { Abi } from '../../spec/abi/abi.ts';
import { abiOf } from '../../spec/abi/registry.ts';
import type { Spec } from '../../spec/model.ts';
import { UsageError } from '../failure.ts';
import { hint } from '../nearest.ts';
import type { TestSubject } from '../result/document.ts';
import { plain } from '../views/plain.ts';
import { breathing } from './breathing.ts';

/** What can be opened; what it speaks it says itself. */
export type Opener = Pick<BackendEntry, 'id' | 'models' | 'systems' | 'open'>;

/** A backend, opened and looked at. */
export interface OpenSubject {
  readonly entry: Opener;
  readonly model: string;
  readonly description: Description;
  readonly capabilities: ReadonlySet<string>;
  /** Id under which steps find all this. */
  readonly session: string;
  close(): Promise<void>;
}

/** What a result says of it. */
export function testSubject({ description, entry, model }: OpenSubject): TestSubject {
  const { implementation, version, abi, study, kernel, driver } = description;
  return {
    implementation,
    version,
    backend: entry.id,
    model,
    abi,
    study,
    ...(kernel === undefined ? {} : { kernel }),
    ...(driver === undefined ? {} : { driver }),
  };
}

export async function backendNamed(id: string): Promise<BackendEntry> {
  const entry = await findBackend(id);
  if (entry !== undefined) return entry;
  const names = BACKENDS.map((one) => one.id);
  const more = id.startsWith('faulty:') ? '; `list defects` shows the defects' : hint(id, names);
  throw new UsageError(`--backend ${id}: there is no such backend${more}`);
}

/** The models a run takes in turn: the named one, or all. */
export function modelsOf(entry: Opener, model: string | undefined): readonly string[] {
  if (model === undefined) return entry.models;
  if (entry.models.includes(model)) return [model];
  throw new UsageError(`--model ${model}: ${entry.id} has no such model; there are: ${entry.models.join(', ')}`);
}

/** What a run says of the models it takes; nothing: all. */
export interface Choice {
  readonly model?: string;
  readonly kernel?: string;
  readonly driver?: string;
}

/** The models that are meant, in the order of the registry. */
export function chosenModels(entry: Opener, { model, kernel, driver }: Choice): readonly string[] {
  const wanted = Object.entries({ kernel, driver }).filter(([, value]) => value !== undefined);
  const models = modelsOf(entry, model).filter((name) => {
    const system = Object.entries(entry.systems?.[name] ?? {});
    return wanted.every(([part, value]) => system.some(([one, its]) => one === part && its === value));
  });
  if (models.length > 0) return models;
  const asked = wanted.map(([part, value]) => `--${part} ${String(value)}`).join(' ');
  throw new UsageError(`${asked}: ${entry.id} has no such model; there are: ${entry.models.join(', ')}`);
}

/** How many deadlines looking at a device may take before it counts as one that does not answer. */
const DISCOVERY = 20;

interface Looked extends Pick<OpenSubject, 'description' | 'capabilities'> {
  readonly backend: Backend;
  readonly abi: Abi;
}

let opened = 0;

export async function openSubject(
  entry: Opener,
  model: string,
  spec: Spec,
  options: SessionOptions,
): Promise<OpenSubject> {
  const { seed, deadline } = options;
  let backend: Backend | undefined;
  const looking = async (): Promise<Looked> => {
    backend = await entry.open({ spec, model, seed });
    const description = await backend.describe();
    const abi = abiOf(spec, description.abi, description.driver);
    return { backend, abi, description, capabilities: await discoverCapabilities(backend, abi, spec, description) };
  };
  const looked = await within(deadline * DISCOVERY, looking(), `${entry.id}, ${model}`).catch(
    async (thrown: unknown) => {
      await backend?.close();
      throw thrown;
    },
  );
  const { abi, description, capabilities } = looked;
  opened += 1;
  const session = `${String(process.pid)}-${String(opened)}`;
  openSession(session, { spec, abi, backend: breathing(looked.backend), description, capabilities, options });
  const close = (): Promise<void> => {
    closeSession(session);
    return looked.backend.close();
  };
  return { entry, model, description, capabilities, session, close };
}

/** A backend that cannot even be opened is a matter of configuration: nothing has run yet. */
async function within<T>(milliseconds: number, work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new BackendError('hang', `no answer within ${String(milliseconds)} ms`));
    }, milliseconds);
  });
  try {
    return await Promise.race([work, expired]);
  } catch (thrown) {
    if (thrown instanceof BackendError) throw new UsageError(`${what}: cannot be opened: ${plain(thrown.message)}`);
    throw thrown;
  } finally {
    clearTimeout(timer);
  }
}
