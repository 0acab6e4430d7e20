/** The backends there are: adding one is adding a row. Each is loaded only when it is opened. */
import type { Spec, AbiId } from '../spec/model.ts';
import { BackendError, type Backend } from './backend.ts';
import type { Driver, Series } from './linux_vm/kernels.ts';

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
  /** Where a model is a driver on a kernel: which. */
  readonly systems?: Readonly<Record<string, System>>;
  open(options: OpenOptions): Promise<Backend>;
}

/** A driver of Linux on a kernel of a series. */
export interface System {
  readonly driver: Driver;
  readonly kernel: Series;
}

const EMULATED = ['verbs', 'ud-srd', 'no-qp', 'polled'] as const;

/** One more, which `uapi` has no addresses for. */
const EMULATED_UVERBS = [...EMULATED, 'rnic'] as const;

const SYSTEMS: Readonly<Record<string, System>> = {
  'rxe-6.1': { driver: 'rxe', kernel: '6.1' },
  'rxe-6.12': { driver: 'rxe', kernel: '6.12' },
  'siw-6.1': { driver: 'siw', kernel: '6.1' },
};

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
    models: EMULATED_UVERBS,
    open: async (options) => (await import('./emulator/backend.ts')).emulator({ ...options, abi: 'uverbs' }),
  },
  {
    id: 'linux-vm',
    title: "Linux's own software drivers, unmodified, in a virtual machine (see backends/linux_vm/fetch.sh)",
    abi: 'uverbs',
    models: Object.keys(SYSTEMS),
    systems: SYSTEMS,
    open: async ({ model }) => (await import('./linux_vm/backend.ts')).linuxVm(model, systemOf(model)),
  },
];

function systemOf(model: string): System {
  const system = SYSTEMS[model];
  if (system === undefined) throw new BackendError('config', `linux-vm has no model ${model}`);
  return system;
}

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
