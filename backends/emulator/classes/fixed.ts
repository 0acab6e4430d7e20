/** device and port: there from the start, read-only, named by a known number. Whether a message names one that exists is the front end's question. */
import { nameFields } from '../../../spec/abi/uapi/text.ts';
import type { Spec } from '../../../spec/model.ts';
import type { Call } from '../core/call.ts';
import type { Device } from '../core/device.ts';
import type { Rule } from '../rules.ts';
import { linkDown } from './hw_context.ts';
import { gidOf } from '../core/connections.ts';
import { idOf } from './ids.ts';

/** Attributes of the device that are no limits. */
const IDENTITY: readonly string[] = ['port_count', 'node_guid', 'driver_name', 'driver_version'];

export function deviceRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const limits = Object.keys(spec.objects['device']?.attributes ?? {}).filter((name) => !IDENTITY.includes(name));
  const wide = (name: string): boolean => spec.objects['device']?.attributes[name]?.type.kind === 'u64';
  const named = (names: readonly string[]) => names.map((name) => [name, idOf(spec, 'device', name)] as const);
  const narrowIds = named(limits.filter((name) => !wide(name)));
  const wideIds = named(limits.filter(wide));
  const portCount = idOf(spec, 'device', 'port_count');
  const nodeGuid = idOf(spec, 'device', 'node_guid');
  const driverName = idOf(spec, 'device', 'driver_name');
  const driverVersion = idOf(spec, 'device', 'driver_version');
  return {
    'device.query': [
      {
        clause: 'device-query',
        apply: (call) => {
          const { model } = call.device;
          for (const [name, id] of narrowIds) call.outNumbers[id] = model.limits[name] ?? 0;
          for (const [name, id] of wideIds) call.outObjects[id] = BigInt(model.limits[name] ?? 0);
          call.outNumbers[portCount] = model.ports.length;
          call.outObjects[nodeGuid] = model.nodeGuid;
          return 0;
        },
      },
      {
        clause: 'device-driver',
        apply: (call) => {
          call.outObjects[driverName] = nameFields(call.device.driver.name);
          call.outNumbers[driverVersion] = call.device.driver.version;
          return 0;
        },
      },
    ],
  };
}

/** A port that goes from one state to another. */
export interface PortChange {
  readonly device: Device;
  readonly port: number;
  readonly before: string;
  readonly state: string;
}

const ACTIVE = 'ACTIVE';

/** What a port does by itself. */
export function portChangeRules(): Readonly<Record<string, readonly Rule<PortChange>[]>> {
  return {
    'port.change': [
      {
        clause: 'event-port-state',
        apply: ({ device, port, before, state }) => {
          device.portStates[port - 1] = state;
          const [was, is] = [before === ACTIVE, state === ACTIVE];
          if (was !== is) device.raise({ device, event: is ? 'PORT_ACTIVE' : 'PORT_ERR', port, channels: [] });
          return 0;
        },
      },
      {
        clause: 'hw-context-linkdown',
        apply: ({ device, before, state }) => {
          if (before === ACTIVE && state !== ACTIVE) linkDown(device);
          return 0;
        },
      },
    ],
  };
}

export function portRules(spec: Spec): Readonly<Record<string, readonly Rule<Call>[]>> {
  const id = (name: string): number => idOf(spec, 'port', name);
  const [state, transport, maxMtu, activeMtu] = [id('state'), id('transport'), id('max_mtu'), id('active_mtu')];
  const [gids, pkeys, lid] = [id('gid_table_length'), id('pkey_table_length'), id('lid')];
  const [gidHigh, gidLow] = [id('gid_high'), id('gid_low')];
  const number = (of: string, name: string): number => spec.enums[of]?.[name] ?? 0;
  return {
    'port.query': [
      {
        clause: 'port-query',
        apply: (call) => {
          const port = call.device.model.ports[call.objectId - 1];
          if (port === undefined) return 0;
          call.outNumbers[state] = number('port_state', call.device.portStates[call.objectId - 1] ?? '');
          call.outNumbers[transport] = number('transport', port.transport);
          call.outNumbers[maxMtu] = number('path_mtu', port.maxMtu);
          call.outNumbers[activeMtu] = number('path_mtu', port.activeMtu);
          call.outNumbers[gids] = port.gids;
          call.outNumbers[pkeys] = port.pkeys;
          call.outNumbers[lid] = port.lid;
          const gid = gidOf(call.device.model, call.objectId);
          call.outObjects[gidHigh] = gid.high;
          call.outObjects[gidLow] = gid.low;
          return 0;
        },
      },
    ],
  };
}
