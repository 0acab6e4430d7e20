/** The controls the emulator offers, by action: adding one is adding a row. */
import type { About, Answer, Control, ControlAction, Report } from '../backend.ts';
import { ERRNO, type ErrnoName } from '../../spec/errno.ts';
import type { Spec } from '../../spec/model.ts';
import type { SendCompletion } from './classes/qp_hardware.ts';
import type { QpState } from './classes/qp_state.ts';
import type { Instance } from './core/instance.ts';
import { note } from './core/running.ts';
import type { Emulator } from './emulator.ts';
import { kernelConsumer } from './kernel_consumer.ts';
import { pipelineOf, type Pipelines } from './rules.ts';

type Of<A extends ControlAction> = Extract<Control, { action: A }>;
type Handlers = { readonly [A in ControlAction]: (control: Of<A>) => Answer<Report> | Promise<Answer<Report>> };

const DONE: Answer<Report> = { ok: true, value: {} };
const SUCCESS = 'SUCCESS';

/** The one device an emulator has. */
export const DEVICE_NAME = 'emu0';

function refused(name: ErrnoName): Answer<Report> {
  return { ok: false, errno: ERRNO[name] };
}

export function controlsOf(
  spec: Spec,
  emulator: Emulator,
  pipelines: Pipelines,
): (control: Control) => Promise<Answer<Report>> {
  const completion = pipelineOf<SendCompletion>(pipelines, 'qp.complete');
  const kernel = kernelConsumer(spec, emulator, pipelines);
  const withQp = (qpn: number, work: (qp: QpState) => Answer<Report>): Answer<Report> => {
    const qp = emulator.device.queuePairs.get(qpn)?.state;
    return qp === undefined ? refused('ENOENT') : work(qp);
  };
  const handlers: Handlers = {
    load_sends: ({ qpn, count }) => withQp(qpn, (qp) => ((qp.sendsInFlight += count), DONE)),
    complete_send: ({ qpn, status }) =>
      withQp(qpn, (qp) => {
        completion({ device: emulator.device, qp, failed: status !== SUCCESS });
        return DONE;
      }),
    force_state: ({ qpn, state }) =>
      withQp(qpn, (qp) => {
        const number = spec.enums['qp_state']?.[state];
        if (number === undefined) return refused('EINVAL');
        qp.state = number;
        return DONE;
      }),
    remove: () =>
      new Promise((resolve) => {
        emulator.remove(() => {
          resolve(DONE);
        });
      }),
    plug: () => (emulator.plug(), DONE),
    raise_event: ({ event, about }) => {
      if (spec.enums['event']?.[event] === undefined) return refused('EINVAL');
      const { device } = emulator;
      if (about === undefined) emulator.raise({ device, event, channels: [] });
      else if ('port' in about) emulator.raise({ device, event, port: about.port, channels: [] });
      else {
        const source = find(spec, emulator, about);
        if (source === undefined) return refused('ENOENT');
        emulator.raise({ device, event, source, channels: [] });
      }
      return DONE;
    },
    set_port: ({ port, state }) => {
      const { device } = emulator;
      const before = device.portStates[port - 1];
      if (before === undefined || spec.enums['port_state']?.[state] === undefined) return refused('EINVAL');
      device.portStates[port - 1] = state;
      if (state === 'ACTIVE' && before !== state) emulator.raise({ device, event: 'PORT_ACTIVE', port, channels: [] });
      if (state !== 'ACTIVE' && before === 'ACTIVE') emulator.raise({ device, event: 'PORT_ERR', port, channels: [] });
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
  };
  return (control) => {
    const handler = handlers[control.action] as (control: Control) => Answer<Report> | Promise<Answer<Report>>;
    return Promise.resolve(control.device === DEVICE_NAME ? handler(control) : refused('ENODEV'));
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
  'load_sends',
  'complete_send',
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
