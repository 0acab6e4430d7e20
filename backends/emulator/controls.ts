/** The controls the emulator offers, by action: adding one is adding a row. */
import type { About, Answer, Control, ControlAction, Report } from '../backend.ts';
import { ERRNO, type ErrnoName } from '../../spec/errno.ts';
import type { Spec } from '../../spec/model.ts';
import type { PortChange } from './classes/fixed.ts';
import type { QpState } from './classes/qp_state.ts';
import type { Instance } from './core/instance.ts';
import { note } from './core/running.ts';
import { FIRST_DEVICE } from './devices.ts';
import type { Emulator } from './emulator.ts';
import { kernelConsumer } from './kernel_consumer.ts';
import { pipelineOf, type Pipelines } from './rules.ts';

type Of<A extends ControlAction> = Extract<Control, { action: A }>;
type Handlers = { readonly [A in ControlAction]: (control: Of<A>) => Answer<Report> | Promise<Answer<Report>> };

const DONE: Answer<Report> = { ok: true, value: {} };

function refused(name: ErrnoName): Answer<Report> {
  return { ok: false, errno: ERRNO[name] };
}

export function controlsOf(
  spec: Spec,
  emulator: Emulator,
  pipelines: Pipelines,
): (control: Control) => Promise<Answer<Report>> {
  const changing = pipelineOf<PortChange>(pipelines, 'port.change');
  const kernel = kernelConsumer(spec, emulator, pipelines);
  const withQp = (qpn: number, work: (qp: Instance<QpState>) => Answer<Report>): Answer<Report> => {
    const qp = emulator.device.queuePairs.get(qpn);
    return qp === undefined ? refused('ENOENT') : work(qp);
  };
  const handlers: Handlers = {
    force_state: ({ qpn, state }) =>
      withQp(qpn, (qp) => {
        const number = spec.enums['qp_state']?.[state];
        if (number === undefined) return refused('EINVAL');
        emulator.device.work.move(qp, number);
        return DONE;
      }),
    remove: () =>
      emulator.device.removed
        ? refused('ENODEV')
        : new Promise((resolve) => {
            emulator.devices.remove(() => {
              resolve(DONE);
            });
          }),
    plug: () => {
      if (!emulator.device.gone) return refused('EBUSY');
      emulator.devices.plug();
      return DONE;
    },
    raise_event: ({ event, about }) => {
      // Completions come from work requests alone.
      if (spec.enums['event']?.[event] === undefined || event === 'COMPLETION') return refused('EINVAL');
      const { device } = emulator;
      if (device.removed) return refused('ENODEV');
      if (about === undefined) emulator.devices.raise({ device, event, channels: [] });
      else if ('port' in about) emulator.devices.raise({ device, event, port: about.port, channels: [] });
      else {
        const source = find(spec, emulator, about);
        if (source === undefined) return refused('ENOENT');
        emulator.devices.raise({ device, event, source, channels: [] });
      }
      return DONE;
    },
    set_port: ({ port, state }) => {
      const { device } = emulator;
      const before = device.portStates[port - 1];
      if (before === undefined || spec.enums['port_state']?.[state] === undefined) return refused('EINVAL');
      changing({ device, port, before, state });
      return DONE;
    },
    stall: ({ object, method, point }) => {
      const { device } = emulator;
      if (point === 'hardware') device.silent.add(`${object}.${method}`);
      else device.running.ambush({ object, method, errno: undefined });
      note(device);
      return DONE;
    },
    release: () => {
      const { device } = emulator;
      device.silent.clear();
      const released = device.running.release();
      note(device);
      return { ok: true, value: { released } };
    },
    fail: ({ object, method, errno }) => {
      const { device } = emulator;
      if (!Object.hasOwn(ERRNO, errno)) return refused('EINVAL');
      device.running.ambush({ object, method, errno: ERRNO[errno as ErrnoName] });
      note(device);
      return DONE;
    },
    kernel_call: (control) => kernel(control),
    register_driver: ({ device, rows, driver, names }) => {
      const answer = emulator.devices.register(device, rows, { driver, names });
      return answer < 0 ? { ok: false, errno: -answer } : { ok: true, value: { bytes: answer } };
    },
  };
  return (control) => {
    const handler = handlers[control.action] as (control: Control) => Answer<Report> | Promise<Answer<Report>>;
    const there = control.device === FIRST_DEVICE || control.action === 'register_driver';
    return Promise.resolve(there ? handler(control) : refused('ENODEV'));
  };
}

/** The object a process names. */
function find(
  spec: Spec,
  { processes, device }: Emulator,
  about: Exclude<About, { port: number }>,
): Instance | undefined {
  const context = processes.get(about.pid)?.file(about.fd)?.context;
  const space = device.table.spaces.indexOf(spec.objects[about.object]?.space ?? about.object);
  return context?.tables[space]?.get(about.handle);
}

export const CONTROL_ACTIONS: readonly ControlAction[] = [
  'force_state',
  'remove',
  'plug',
  'raise_event',
  'set_port',
  'stall',
  'release',
  'fail',
  'kernel_call',
];
/** Of one ABI alone: in the other no message could reach what a driver adds. */
export const UAPI_ACTIONS: readonly ControlAction[] = ['register_driver'];
