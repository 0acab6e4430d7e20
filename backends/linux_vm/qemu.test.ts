import { describe, expect, it } from 'vitest';
import { accelerator, qemuArguments } from './qemu.ts';

const MACHINE = { image: '/k/vmlinux', initramfs: '/k/i.cpio', cpus: 1 };
const joined = (path: string, written: boolean, restored: boolean): string =>
  qemuArguments({ ...MACHINE, memory: { path, written }, restored }).join(' ');

describe('the arguments of QEMU', () => {
  it('share the memory only with the machine that makes a snapshot', () => {
    expect(joined('/m', true, false)).toContain('mem-path=/m,share=on ');
    expect(joined('/m', false, true)).toContain('mem-path=/m,share=off ');
  });

  it('keep a path with a comma together', () => {
    expect(joined('/a,share=on', false, true)).toContain('mem-path=/a,,share=on,share=off ');
  });

  it('wait for a state where there is one, and in any case for the word to go', () => {
    expect(joined('/m', false, true)).toContain('-incoming defer');
    expect(joined('/m', true, false)).not.toContain('-incoming');
    expect(joined('/m', true, false)).toContain(' -S ');
  });

  it('turn an oops into an end', () => {
    expect(joined('/m', false, true)).toMatch(/-no-reboot .*oops=panic/);
  });

  it('emulate unless KVM is asked for', () => {
    expect(accelerator({})).toBe('tcg');
    expect(accelerator({ RDMA_CONFORMANCE_ACCEL: 'kvm' })).toBe('kvm');
  });
});
