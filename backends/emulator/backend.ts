/** The emulator behind the backend contract: promises around a synchronous core. */
import { BackendError, type Answer, type Backend, type Process } from '../backend.ts';
import type { AbiId, Spec } from '../../spec/model.ts';
import { CONTROL_ACTIONS, UAPI_ACTIONS, controlsOf } from './controls.ts';
import { Emulator, FIRST_DEVICE } from './emulator.ts';
import { MODELS } from './models/models.ts';
import { pipelinesOf } from './pipelines.ts';
import type { Pipelines } from './rules.ts';

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
  const control = controlsOf(options.spec, core, pipelines);
  const baseline = new Map(core.device.counts());

  const process = (privileged: boolean): Process => {
    const pid = core.spawn();
    return {
      pid,
      open: (path) => Promise.resolve(answer(core.open(pid, path, privileged))),
      ioctl: (call) => Promise.resolve(answer(-core.ioctl(pid, call.fd, call.request, call.regions, call.patches))),
      close: (fd) => Promise.resolve(answer(-core.close(pid, fd))),
    };
  };

  return {
    describe: () =>
      Promise.resolve({
        implementation: 'rdma-conformance emulator',
        version: options.spec.version,
        abi: options.abi,
        model: options.model,
        devices: [{ name: FIRST_DEVICE, path: core.path }, ...core.registered()],
        controls: options.abi === 'uapi' ? [...CONTROL_ACTIONS, ...UAPI_ACTIONS] : CONTROL_ACTIONS,
        unprivileged: true,
        study: true,
      }),
    process: (how) => Promise.resolve(process(how?.privileged !== false)),
    control: (action) => Promise.resolve(control(action)),
    reset: () => {
      core.closeAll();
      const leaked: Record<string, number> = {};
      for (const [object, count] of core.device.counts()) {
        const more = count - (baseline.get(object) ?? 0);
        if (more !== 0) leaked[object] = more;
        baseline.set(object, count);
      }
      return Promise.resolve({ leaked });
    },
    close: () => Promise.resolve(),
  };
}

function answer(value: number): Answer {
  return value < 0 ? { ok: false, errno: -value } : { ok: true, value };
}
