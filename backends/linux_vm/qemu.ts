/** QEMU's program and its arguments. */
import { spawnSync } from 'node:child_process';
import { BackendError } from '../backend.ts';

export const QEMU = 'qemu-system-x86_64';

/** Descriptors that QEMU inherits: no socket has a name anywhere. */
export const QMP_FD = 3;
export const AGENT_FD = 4;
export const STATE_FD = 5;

/** Id of the port that the agent opens, as events have it. */
export const AGENT_PORT = 'agent';

/**
 * Megabytes of a guest: as much as the largest queue takes that a driver promises, besides the rest. What the guest never
 * touches costs nothing, neither in the snapshot nor at a restore.
 */
const MEMORY = 1024;

/** An oops is a panic, and a panic ends QEMU: a guest that is of no use any more is never waited for. */
const COMMAND_LINE = 'console=ttyS0 quiet panic=-1 oops=panic reboot=t nokaslr mitigations=off';

export interface MachineOptions {
  /** File that is the guest's memory. */
  readonly memory: string;
  readonly cpus: number;
  /**
   * What it boots, with a memory that keeps what the guest does; where absent it is restored: it goes on from a state, with
   * its own copy of the memory, in which the kernel is already.
   */
  readonly boot?: { readonly image: string; readonly initramfs: string };
}

/** KVM where it is asked for; a device that is there need not work, and emulation gives the same everywhere. */
export function accelerator(env: NodeJS.ProcessEnv = process.env): 'tcg' | 'kvm' {
  return env['RDMA_CONFORMANCE_ACCEL'] === 'kvm' ? 'kvm' : 'tcg';
}

/** The first line of --version, which names the package too. */
export function qemuVersion(): string {
  const { status, stdout } = spawnSync(QEMU, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  if (status !== 0)
    throw new BackendError('config', `no ${QEMU} that runs; this installs it: backends/linux_vm/fetch.sh`);
  return stdout.split('\n')[0] ?? '';
}

/** The machine waits for `cont`. */
export function qemuArguments({ memory, cpus, boot }: MachineOptions): string[] {
  const file = `mem-path=${escaped(memory)},share=${boot === undefined ? 'off' : 'on'}`;
  return [
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-S'],
    ...['-machine', 'q35,memory-backend=ram', '-accel', accelerator(), '-cpu', 'max'],
    ...['-smp', cpus.toString(), '-m', MEMORY.toString()],
    ...['-object', `memory-backend-file,id=ram,size=${MEMORY.toString()}M,${file}`],
    ...['-serial', 'stdio'],
    ...['-chardev', `socket,id=qmp,fd=${QMP_FD.toString()}`, '-mon', 'chardev=qmp,mode=control'],
    ...['-device', 'virtio-serial-pci', '-chardev', `socket,id=port,fd=${AGENT_FD.toString()}`],
    ...['-device', `virtserialport,chardev=port,name=conformd,id=${AGENT_PORT}`],
    ...(boot === undefined
      ? ['-incoming', 'defer']
      : ['-kernel', boot.image, '-initrd', boot.initramfs, '-append', COMMAND_LINE]),
  ];
}

/** In QEMU's lists of options a comma is written twice. */
function escaped(path: string): string {
  return path.replaceAll(',', ',,');
}
