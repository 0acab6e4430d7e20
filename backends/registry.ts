/** The backends there are: adding one is adding a row. Each is loaded only when it is opened. */
import type { Spec, AbiId } from '../spec/model.ts';
import type { Backend } from './backend.ts';

export interface OpenOptions {
  readonly spec: Spec;
  readonly model: string;
  readonly seed: number;
}

export interface BackendEntry {
  readonly id: string;
  readonly title: string;
  readonly abi: AbiId;
  /** Models it can play; a run without --model takes each in turn. */
  readonly models: readonly string[];
  open(options: OpenOptions): Promise<Backend>;
}

const EMULATED = ['verbs', 'ud-srd', 'no-qp', 'polled'] as const;

export const BACKENDS: readonly BackendEntry[] = [
  {
    id: 'emulator',
    title: 'reference emulator, uapi front end',
    abi: 'uapi',
    models: EMULATED,
    open: async (options) => (await import('./emulator/backend.ts')).emulator({ ...options, abi: 'uapi' }),
  },
  {
    id: 'emulator-uverbs',
    title: 'reference emulator, uverbs front end over the same object model',
    abi: 'uverbs',
    models: EMULATED,
    open: async (options) => (await import('./emulator/backend.ts')).emulator({ ...options, abi: 'uverbs' }),
  },
  {
    id: 'linux-vm',
    title: "Linux's own software drivers, unmodified, in a virtual machine (see backends/linux_vm/fetch.sh)",
    abi: 'uverbs',
    models: ['rxe-6.1', 'rxe-6.12', 'siw-6.1'],
    open: async ({ model }) => (await import('./linux_vm/backend.ts')).linuxVm(model),
  },
];

const FAULTY = 'faulty:';

/**
 * The backend named `id`: a row of the table, or `faulty:DEFECT` for the emulator with one documented defect.
 * Undefined for a name that is neither.
 */
export async function findBackend(id: string): Promise<BackendEntry | undefined> {
  if (!id.startsWith(FAULTY)) return BACKENDS.find((entry) => entry.id === id);
  const { findDefect, faulty } = await import('./faulty/faulty.ts');
  const defect = findDefect(id.slice(FAULTY.length));
  if (defect === undefined) return undefined;
  return {
    id,
    title: `emulator with the defect: ${defect.story}`,
    abi: defect.abi,
    models: defect.models,
    open: (options) => Promise.resolve(faulty(defect, options)),
  };
}
