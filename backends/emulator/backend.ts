/** The emulator behind the backend contract: promises around a synchronous core. */
import { BackendError, O_RDWR, type Answer, type Backend, type Process as BackendProcess } from '../backend.ts';
import { ERRNO } from '../../spec/errno.ts';
import type { AbiId, Spec } from '../../spec/model.ts';
import { Calls } from './calls.ts';
import { CONTROL_ACTIONS, UAPI_ACTIONS, controlsOf } from './controls.ts';
import type { Process } from './core/process.ts';
import { STALLED } from './core/running.ts';
import { FIRST_DEVICE } from './devices.ts';
import { Emulator } from './emulator.ts';
import { MODELS } from './models/models.ts';
import { inPieces } from './pieces.ts';
import { pipelinesOf } from './pipelines.ts';
import type { Pipelines } from './rules.ts';
import { SYSTEM_NAME, SYSTEM_PATH } from './system_node.ts';

export interface EmulatorBackendOptions {
  readonly spec: Spec;
  readonly model: string;
  readonly seed: number;
  readonly abi: AbiId;
  /** Changes rules before registration; how defects get in. */
  readonly alter?: (pipelines: Pipelines) => Pipelines;
}

export function emulator(options: EmulatorBackendOptions): Backend {
  const model = MODELS[options.model];
  if (model === undefined) {
    throw new BackendError(
      'config',
      `the emulator has no model ${options.model}; it has ${Object.keys(MODELS).join(', ')}`,
    );
  }
  const pipelines = (options.alter ?? ((same) => same))(pipelinesOf(options.spec));
  const core = new Emulator({ spec: options.spec, model, abi: options.abi, seed: options.seed, pipelines });
  const calls = new Calls(core, pipelines);
  const control = controlsOf(options.spec, core, pipelines);
  const baseline = new Map(core.devices.counts());
  const wrapped = new Map<BackendProcess, Process>();

  const wrap = (process: Process): BackendProcess => {
    const made = processOf(core, calls, process, wrap, (other) => wrapped.get(other));
    wrapped.set(made, process);
    return made;
  };

  return {
    describe: () =>
      Promise.resolve({
        implementation: 'rdma-conformance emulator',
        version: options.spec.version,
        abi: options.abi,
        model: options.model,
        devices: [{ name: FIRST_DEVICE, path: core.devices.path }, ...core.devices.registered()],
        ...(core.devices.system === undefined ? {} : { system: { name: SYSTEM_NAME, path: SYSTEM_PATH } }),
        controls: options.abi === 'uapi' ? [...CONTROL_ACTIONS, ...UAPI_ACTIONS] : CONTROL_ACTIONS,
        unprivileged: true,
        ...(model.ports.some(({ transport }) => transport === 'IWARP') ? { node: 'RNIC' } : {}),
        patience: 0,
        study: true,
      }),
    process: (how) => Promise.resolve(wrap(core.spawn(how?.privileged !== false))),
    control,
    reset: () => {
      core.reset();
      wrapped.clear();
      const leaked: Record<string, number> = {};
      for (const [object, count] of core.devices.counts()) {
        const more = count - (baseline.get(object) ?? 0);
        if (more !== 0) leaked[object] = more;
        baseline.set(object, count);
      }
      const complaints = core.devices.complaints();
      core.devices.forget();
      return Promise.resolve({ leaked, complaints });
    },
    close: () => Promise.resolve(),
  };
}

function processOf(
  core: Emulator,
  calls: Calls,
  process: Process,
  wrap: (child: Process) => BackendProcess,
  coreOf: (other: BackendProcess) => Process | undefined,
): BackendProcess {
  const { memory } = process;
  return {
    pid: process.pid,
    open: (path, flags = O_RDWR) => Promise.resolve(answer(core.open(process, path, flags))),
    ioctl: ({ fd, request, regions, patches }) =>
      answered(
        (resumed) => core.ioctl(process, fd, request, regions, patches, resumed),
        () => 0,
      ),
    read: (fd, length) =>
      new Promise((resolve) => {
        calls.read(process, fd, length, (outcome) => {
          resolve(typeof outcome === 'number' ? refused(outcome) : { ok: true, value: outcome });
        });
      }),
    write: (call) =>
      inPieces(calls.piecesOf(call), ({ fd, regions, patches }) =>
        answered(
          (resumed) => calls.write(process, fd, regions, patches, resumed),
          () => core.taken,
        ),
      ),
    poll: (entries, wait) =>
      new Promise((resolve) => {
        calls.poll(process, entries, wait, (value) => {
          resolve({ ok: true, value });
        });
      }),
    fcntl: (fd, command, argument = 0) => Promise.resolve(answer(calls.fcntl(process, fd, command, argument))),
    map: (fd, length, offset = 0) => {
      const mapped = calls.map(process, fd, length, offset);
      return Promise.resolve(typeof mapped === 'number' ? refused(mapped) : { ok: true, value: mapped });
    },
    unmap: (address) => Promise.resolve(answer(-memory.unmap(address))),
    load: (address, length) => {
      const bytes = memory.load(address, length);
      return Promise.resolve(bytes === undefined ? refused(ERRNO.EFAULT) : { ok: true, value: bytes });
    },
    store: (address, bytes) => Promise.resolve(answer(memory.store(address, bytes) ? 0 : -ERRNO.EFAULT)),
    close: (fd) => Promise.resolve(answer(-core.close(process, fd))),
    fork: () => Promise.resolve(wrap(core.fork(process))),
    sendFd: (fd, to) => {
      const receiver = coreOf(to);
      return Promise.resolve(
        receiver === undefined ? refused(ERRNO.EINVAL) : answer(core.sendFd(process, fd, receiver)),
      );
    },
    exit: () => {
      core.exit(process);
      return Promise.resolve();
    },
  };
}

/** The answer of a call that can stand still: at once or when it goes on. `value`: what it answers on success. */
function answered(call: (resumed: (errno: number) => void) => number, value: () => number): Promise<Answer> {
  const settled = (errno: number): Answer => (errno === 0 ? { ok: true, value: value() } : refused(errno));
  let resume: (errno: number) => void = () => undefined;
  const errno = call((late) => {
    resume(late);
  });
  if (errno !== STALLED) return Promise.resolve(settled(errno));
  return new Promise((resolve) => {
    resume = (late) => {
      resolve(settled(late));
    };
  });
}

function refused(errno: number): { readonly ok: false; readonly errno: number } {
  return { ok: false, errno };
}

function answer(value: number): Answer {
  return value < 0 ? refused(-value) : { ok: true, value };
}
