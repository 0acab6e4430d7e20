/** The driver class of the device without queue pairs: core services (handles, close, counts) hold for it unchanged. */
import { ERRNO } from '../../../spec/errno.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Device } from '../core/device.ts';
import type { Instance } from '../core/instance.ts';
import type { Rule } from '../rules.ts';
import { MOST_TIDS, Tids, hwTidRules } from './hw_tids.ts';
import { idOf } from './ids.ts';
import { FORGET_EVENTS, admit, dismiss } from './lifetime.ts';

const MAJOR_SHIFT = 16;
const CONTEXTS = 64;
/** What events of the class are called beside the bits of `hw_event`. */
const EVENT = 'HW_';
const DEFAULT_PKEY = 0x8001;
/** Limited and full membership of the partition of the management. */
const MANAGEMENT_PKEYS: readonly number[] = [0x7fff, 0xffff];

export interface HwContextState {
  readonly number: number;
  readonly subcontexts: number;
  readonly userHandle: bigint;
  readonly tids: Tids;
  receiving: number;
  pollType: number;
  pkey: number;
  events: number;
}

/** The hardware's contexts by number, with the objects they were last assigned to. */
const slots = new WeakMap<Device, (Instance | undefined)[]>();

function slotsOf(device: Device): (Instance | undefined)[] {
  const known = slots.get(device) ?? [];
  slots.set(device, known);
  return known;
}

/** The lowest number whose object is gone, by destroy or by close. */
function freeSlot(known: readonly (Instance | undefined)[]): number {
  const free = known.findIndex((instance) => instance?.context.instances.has(instance) !== true);
  return free < 0 ? known.length : free;
}

/** Every hardware context of the device hears that the link has gone. */
export function linkDown(device: Device): void {
  for (const { instances } of device.contexts)
    for (const source of instances)
      if (source.object === 'hw_context') device.raise({ device, event: `${EVENT}LINKDOWN`, source, channels: [] });
}

export function hwContextOf(call: Call): HwContextState {
  return (call.target as Instance<HwContextState>).state;
}

export function hwContextRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'hw_context', name);
  const [version, number, subcontexts] = [id('user_version'), id('context_number'), id('subcontext_count')];
  const [driverVersion, receiving, pollType] = [id('driver_version'), id('receive_enabled'), id('poll_type')];
  const [pkey, events, reported, userHandle] = [id('pkey'), id('events'), id('events_reported'), id('user_handle')];
  const mostTids = id('tids_max');
  const bits = spec.flags['hw_event'] ?? {};
  const any = spec.enums['hw_poll']?.['ANY'] ?? 0;
  const given = (call: Call, attribute: number): number => call.numbers[attribute] ?? 0;
  const versionOf = ({ device }: Call): number => device.driver.version;
  const fresh = { receiving: 0, pollType: any, pkey: DEFAULT_PKEY, events: 0 };
  const setting = (change: (state: HwContextState, call: Call) => void): Rule<Call> => ({
    clause: 'hw-context-settings',
    apply: (call) => {
      change(hwContextOf(call), call);
      return 0;
    },
  });
  return {
    ...hwTidRules(spec),
    'hw_context.create': [
      {
        clause: 'hw-context-version',
        apply: (call) => (given(call, version) >>> MAJOR_SHIFT === versionOf(call) >>> MAJOR_SHIFT ? 0 : ERRNO.ENODEV),
      },
      {
        clause: 'driver-class-room',
        apply: (call) => (call.device.counted('hw_context') >= CONTEXTS ? ERRNO.ENOMEM : 0),
      },
      {
        clause: 'hw-context-number',
        apply: (call) => ((call.outNumbers[number] = freeSlot(slotsOf(call.device))), 0),
      },
      {
        clause: 'driver-class',
        apply: (call) => {
          const asked = call.has(subcontexts) ? given(call, subcontexts) : 0;
          const assigned = {
            number: call.outNumbers[number] ?? 0,
            subcontexts: asked,
            tids: new Tids(),
            userHandle: call.has(userHandle) ? (call.objects[userHandle] as bigint) : 0n,
          };
          call.outNumbers[driverVersion] = versionOf(call);
          const state: HwContextState = { ...assigned, ...fresh };
          const instance = admit(call, [], state);
          instance.release = () => {
            state.tids.clear();
          };
          instance.happened = (event) => {
            state.events |= bits[event.slice(EVENT.length)] ?? 0;
          };
          slotsOf(call.device)[state.number] = instance;
          return 0;
        },
      },
    ],
    'hw_context.query': [
      {
        clause: 'hw-context-query',
        apply: (call) => {
          const state = hwContextOf(call);
          call.outNumbers[number] = state.number;
          call.outNumbers[subcontexts] = state.subcontexts;
          call.outNumbers[driverVersion] = versionOf(call);
          call.outNumbers[receiving] = state.receiving;
          call.outNumbers[pollType] = state.pollType;
          call.outNumbers[pkey] = state.pkey;
          call.outNumbers[events] = state.events;
          call.outNumbers[mostTids] = MOST_TIDS;
          return 0;
        },
      },
    ],
    'hw_context.recv_ctrl': [
      setting((state, call) => {
        state.receiving = given(call, receiving);
      }),
    ],
    'hw_context.set_poll_type': [
      setting((state, call) => {
        state.pollType = given(call, pollType);
      }),
    ],
    'hw_context.ack_event': [
      {
        clause: 'hw-context-ack',
        apply: (call) => {
          hwContextOf(call).events &= ~given(call, events);
          return 0;
        },
      },
    ],
    'hw_context.set_pkey': [
      {
        clause: 'hw-context-pkey',
        apply: (call) => (MANAGEMENT_PKEYS.includes(given(call, pkey)) ? ERRNO.EINVAL : 0),
      },
      setting((state, call) => {
        state.pkey = given(call, pkey);
      }),
    ],
    'hw_context.reset': [
      { clause: 'hw-context-tid-release', apply: (call) => (hwContextOf(call).tids.clear(), 0) },
      { clause: 'hw-context-reset', apply: (call) => (Object.assign(hwContextOf(call), fresh), 0) },
    ],
    'hw_context.destroy': [
      {
        clause: 'hw-context-destroy',
        apply: (call) => ((call.outNumbers[reported] = (call.target as Instance).asyncEvents), 0),
      },
      ...FORGET_EVENTS,
      { clause: 'driver-class', apply: (call) => (dismiss(call), 0) },
    ],
  };
}
