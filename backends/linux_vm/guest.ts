/** A guest with an RDMA driver and the agent: booted once, then restored from a snapshot whenever a fresh one is wanted. */
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { initramfs } from './initramfs.ts';
import { findKernel, type Driver, type Kernel, type Series } from './kernels.ts';
import { startMachine, type Machine } from './machine.ts';
import { cacheFolder } from './place.ts';
import type { Qmp } from './qmp.ts';
import { AGENT_PORT, qemuArguments, qemuVersion } from './qemu.ts';
import { loadState, saveState } from './state.ts';
import { beginSnapshot, findSnapshot, keepSnapshot, snapshotName, type Origin, type Snapshot } from './snapshot.ts';

/** Milliseconds for a boot and for a restore, on a machine that has much else to do. */
const BOOT = 120_000;
const RESTORE = 30_000;
/** Milliseconds that a booted guest gets to finish what it does by itself, once instead of after every restore. */
const SETTLE = 500;

/** Paths are no part of what a snapshot depends on; contents are. */
const NOWHERE = { image: '', initramfs: '' };

export interface GuestOptions {
  readonly kernel: Series;
  readonly driver: Driver;
  readonly cpus?: number;
  /** The agent's program, where it is another than that of the project. */
  readonly agent?: string;
  readonly cache?: string;
}

export interface Guest {
  readonly kernel: Kernel;
  readonly driver: Driver;
  /** The agent of the guest that runs now; another stream after `restart`. */
  agent(): Duplex;
  /** The last of what the guest that runs now wrote to its console. */
  console(): string;
  /** Resolves when the guest that runs now has ended, to how. */
  ended(): Promise<string>;
  /** A fresh guest takes the place of the one that runs, has died or was stopped. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function openGuest(options: GuestOptions): Promise<Guest> {
  const { driver, cpus = 1, cache = cacheFolder() } = options;
  const kernel = findKernel(cache, options.kernel);
  const files = initramfs({ cache, kernel, driver, ...(options.agent !== undefined && { agent: options.agent }) });
  const origin: Origin = {
    name: `${kernel.series}-${driver}-${cpus.toString()}`,
    qemu: qemuVersion(),
    arguments: [...qemuArguments({ memory: '', cpus }), ...qemuArguments({ memory: '', cpus, boot: NOWHERE })],
    image: readFileSync(kernel.image),
    initramfs: files,
  };
  const all = join(cache, 'snapshots');
  const full = snapshotName(origin);
  const boot = async (): Promise<Snapshot> =>
    keepSnapshot(all, await booted(cpus, kernel, files, all), origin.name, full);
  const fresh = async (): Promise<Machine> => {
    const found = findSnapshot(all, full);
    if (found === undefined) return restored(cpus, await boot());
    try {
      return await restored(cpus, found);
    } catch {
      // Whatever became of the files: a boot makes new ones, and what is wrong with that one is told.
      rmSync(found.folder, { recursive: true, force: true });
      return restored(cpus, await boot());
    }
  };
  let running = await fresh();
  return {
    kernel,
    driver,
    agent: () => running.agent,
    console: () => running.console(),
    ended: () => running.ended,
    async restart() {
      await running.kill();
      running = await fresh();
    },
    stop: () => running.kill(),
  };
}

/** Starts the machine, and waits until the agent has its port open. */
async function ready(
  machine: Machine,
  what: string,
  milliseconds: number,
  load?: (qmp: Qmp) => Promise<void>,
): Promise<void> {
  try {
    const opened = machine.qmp.event(
      ({ event, data }) => event === 'VSERPORT_CHANGE' && data?.['id'] === AGENT_PORT && data['open'] === true,
    );
    const start = async (): Promise<void> => {
      await machine.qmp.execute('qmp_capabilities');
      await load?.(machine.qmp);
      await machine.qmp.execute('cont');
      await opened;
    };
    await machine.alive(what, milliseconds, start());
  } catch (thrown) {
    await machine.kill();
    throw thrown;
  }
}

async function restored(cpus: number, { memory, state }: Snapshot): Promise<Machine> {
  const fd = openSync(state, 'r');
  try {
    const machine = startMachine(qemuArguments({ memory, cpus }), fd);
    await ready(machine, 'a guest that is restored', RESTORE, loadState);
    return machine;
  } finally {
    closeSync(fd);
  }
}

/** Boots, and leaves the files of a snapshot; the machine itself is done with then. */
async function booted(cpus: number, { image }: Kernel, files: Buffer, all: string): Promise<Snapshot> {
  const begun = beginSnapshot(all);
  try {
    const path = join(begun.folder, 'initramfs');
    writeFileSync(path, files);
    const machine = startMachine(qemuArguments({ memory: begun.memory, cpus, boot: { image, initramfs: path } }));
    try {
      await ready(machine, 'a guest that boots', BOOT);
      await sleep(SETTLE);
      await machine.alive('a snapshot', RESTORE, saveState(machine.qmp, begun.state));
    } finally {
      await machine.kill();
    }
    rmSync(path);
    return begun;
  } catch (thrown) {
    rmSync(begun.folder, { recursive: true });
    throw thrown;
  }
}
