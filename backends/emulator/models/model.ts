/** What an emulated device is, as data. */

import type { DriverIdentity } from '../../backend.ts';

export interface PortModel {
  /** Name in enum `transport`. */
  readonly transport: string;
  readonly state: string;
  readonly maxMtu: string;
  readonly activeMtu: string;
  readonly gids: number;
  readonly pkeys: number;
  readonly lid: number;
}

export interface DeviceModel {
  readonly id: string;
  readonly title: string;
  /** What its driver calls itself, and the version of its interface. */
  readonly identity: DriverIdentity;
  readonly ports: readonly PortModel[];
  /** Values of the device attributes of the same names. */
  readonly limits: Readonly<Record<string, number>>;
  readonly nodeGuid: bigint;
  /** Objects the common operations serve on this device. */
  readonly objects: readonly string[];
  /** What methods of these objects need and this device has, in the words of spec/capabilities.ts. */
  readonly extras: readonly string[];
  readonly qpTypes: readonly string[];
  /**
   * How its driver has address handles made: by itself, by a command that it sleeps for and cannot poll, or by one that it
   * sleeps for where it may and polls for where it may not.
   */
  readonly ahCommands: 'none' | 'slept' | 'polled';
  /** Queue-pair table per DRIVER sub-type number. */
  readonly driverTypes: Readonly<Record<number, string>>;
  /** Which rows the driver brings; see drivers.ts. */
  readonly driver: string | undefined;
}
