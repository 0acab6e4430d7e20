/** What one open file has: its handle spaces and the objects in them. */
import type { Channel } from './channel.ts';
import type { Device } from './device.ts';
import { HandleTable } from './handle_table.ts';
import type { Instance } from './instance.ts';
import type { Mapping } from './mapping.ts';

export class Context {
  readonly device: Device;
  readonly privileged: boolean;
  /** How many files of the device were open when this one was opened, itself included. */
  readonly ordinal: number;
  /** In order of creation, so that close can go newest first. */
  readonly instances = new Set<Instance>();
  /** Handle table per space; with one shared space every index holds the same table. */
  readonly tables: readonly HandleTable<Instance>[];
  /** Where asynchronous events of objects go that name no channel: the first one made for it. */
  defaultChannel: Channel | undefined;
  /** Channels made in it; they outlive it as files. */
  readonly channels = new Set<Channel>();
  readonly mappings = new Set<Mapping>();
  /** True once its file is closed. */
  closed = false;

  /**
   * `spaces`: number of handle spaces of the device's dispatch table.
   * `shared`: one id space for all (uverbs) instead of one per class. `first`: the lowest handle.
   */
  constructor(device: Device, privileged: boolean, spaces: number, shared: boolean, first: number) {
    this.device = device;
    this.privileged = privileged;
    this.ordinal = device.openFiles += 1;
    const one = new HandleTable<Instance>(first);
    this.tables = Array.from({ length: spaces }, () => (shared ? one : new HandleTable<Instance>(first)));
  }

  /** Makes an object known: gives it a handle and counts it with the device and with what it uses. */
  attach(instance: Instance, space: number): void {
    instance.space = space;
    instance.handle = (this.tables[space] as HandleTable<Instance>).add(instance);
    this.adopt(instance);
  }

  /** Counts an object that has no handle, or has been given one. */
  adopt(instance: Instance): void {
    this.instances.add(instance);
    this.device.count(instance.object, 1);
    for (const used of instance.uses) used.users += 1;
  }

  /** Forgets an object and gives up what it uses. */
  detach(instance: Instance): void {
    if (instance.space >= 0) (this.tables[instance.space] as HandleTable<Instance>).remove(instance.handle);
    this.instances.delete(instance);
    this.expire(instance);
  }

  /** The object under a handle goes with its device; the handle stays until somebody destroys it. */
  expire(instance: Instance): void {
    if (instance.gone) return;
    instance.gone = true;
    this.device.count(instance.object, -1);
    for (const used of instance.uses) used.users -= 1;
    instance.release?.();
  }

  /** Lets an object use `next` instead of `previous`. */
  exchange(instance: Instance, previous: Instance, next: Instance): void {
    instance.uses = instance.uses.map((used) => (used === previous ? next : used));
    previous.users -= 1;
    next.users += 1;
  }
}
