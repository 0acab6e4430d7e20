import { describe, expect, it } from 'vitest';
import { accelerator, qemuArguments } from './qemu.ts';

const BOOT = { image: '/k/vmlinux', initramfs: '/k/i.cpio' };
const booted = (memory: string): string => qemuArguments({ memory, cpus: 1, boot: BOOT }).join(' ');
const restored = (memory: string): string => qemuArguments({ memory, cpus: 1 }).join(' ');

describe('the arguments of QEMU', () => {
  it('share the memory only with the machine that makes a snapshot', () => {
    expect(booted('/m')).toContain('mem-path=/m,share=on ');
    expect(restored('/m')).toContain('mem-path=/m,share=off ');
  });

  it('keep a path with a comma together', () => {
    expect(restored('/a,share=on')).toContain('mem-path=/a,,share=on,share=off ');
  });

  it('wait for a state where nothing is booted, and in any case for the word to go', () => {
    expect(restored('/m')).toContain('-incoming defer');
    expect(booted('/m')).not.toContain('-incoming');
    for (const machine of [restored('/m'), booted('/m')]) expect(machine).toContain(' -S ');
  });

  it('turn an oops into an end', () => {
    expect(booted('/m')).toMatch(/-no-reboot .*oops=panic/);
  });

  it('emulate unless KVM is asked for', () => {
    expect(accelerator({})).toBe('tcg');
    expect(accelerator({ RDMA_CONFORMANCE_ACCEL: 'kvm' })).toBe('kvm');
  });
});
