/** A guest with an RDMA driver and the agent: booted once, then restored from a snapshot whenever a fresh one is wanted. */
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackendError } from '../backend.ts';
import { initramfs } from './initramfs.ts';
import { findKernel, type Driver, type Kernel, type Series } from './kernels.ts';
import { startMachine, type Machine } from './machine.ts';
import { cacheFolder } from './place.ts';
import type { Qmp } from './qmp.ts';
import { AGENT_PORT, qemuArguments, qemuVersion, type MachineOptions } from './qemu.ts';
import { loadState, saveState } from './state.ts';
import { beginSnapshot, findSnapshot, keepSnapshot, snapshotName, type Origin, type Snapshot } from './snapshot.ts';

/** Milliseconds for a boot and for a restore, on a machine that has much else to do. */
const BOOT = 120_000;
const RESTORE = 30_000;
/** Milliseconds that a booted guest gets to finish what it does by itself, once instead of after every restore. */
const SETTLE = 500;

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
  /** A fresh guest takes the place of the one that runs, or has died. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openGuest(options: GuestOptions): Promise<Guest> {
  const { driver, cpus = 1, cache = cacheFolder() } = options;
  const kernel = findKernel(cache, options.kernel);
  const files = initramfs({ cache, kernel, driver, ...(options.agent !== undefined && { agent: options.agent }) });
  const machine = { image: kernel.image, initramfs: kept(cache, files), cpus };
  const origin: Origin = {
    name: `${kernel.series}-${driver}-${cpus.toString()}`,
    qemu: qemuVersion(),
    arguments: qemuArguments({ ...machine, memory: { path: '', written: false }, restored: true }),
    image: readFileSync(kernel.image),
    initramfs: files,
  };
  const full = snapshotName(origin);
  const all = join(cache, 'snapshots');
  const fresh = async (): Promise<Machine> =>
    restored(machine, findSnapshot(all, full) ?? (await booted(machine, all, origin, full)));
  let running = await fresh();
  let closed = false;
  return {
    kernel,
    driver,
    agent: () => running.agent,
    console: () => running.console(),
    ended: () => running.ended,
    async restart() {
      if (closed) throw new BackendError('config', 'a guest that was closed is not started again');
      await running.kill();
      running = await fresh();
    },
    async close() {
      closed = true;
      await running.kill();
    },
  };
}

type Common = Pick<MachineOptions, 'image' | 'initramfs' | 'cpus'>;

/** The archive as a file, under its digest: QEMU reads it at a boot, and a restored machine names it too. */
function kept(cache: string, files: Buffer): string {
  const folder = join(cache, 'initramfs');
  const path = join(folder, `${createHash('sha256').update(files).digest('hex').slice(0, 16)}.cpio`);
  mkdirSync(folder, { recursive: true });
  const aside = `${path}.${process.pid.toString()}`;
  writeFileSync(aside, files);
  renameSync(aside, path);
  return path;
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

async function restored(common: Common, { memory, state }: Snapshot): Promise<Machine> {
  const fd = openSync(state, 'r');
  try {
    const args = qemuArguments({ ...common, memory: { path: memory, written: false }, restored: true });
    const machine = startMachine(args, fd);
    await ready(machine, 'a guest that is restored', RESTORE, loadState);
    return machine;
  } finally {
    closeSync(fd);
  }
}

/** Boots, and leaves the snapshot; the machine itself is done with then. */
async function booted(common: Common, all: string, origin: Origin, full: string): Promise<Snapshot> {
  const begun = beginSnapshot(all, process.pid.toString());
  const machine = startMachine(
    qemuArguments({ ...common, memory: { path: begun.memory, written: true }, restored: false }),
  );
  await ready(machine, 'a guest that boots', BOOT);
  try {
    await sleep(SETTLE);
    await machine.alive('a snapshot', RESTORE, saveState(machine.qmp, begun.state));
  } finally {
    await machine.kill();
  }
  return keepSnapshot(all, begun, origin, full);
}
