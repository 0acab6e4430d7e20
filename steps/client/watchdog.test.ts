import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackendError } from '../../backends/backend.ts';
import { Watchdog } from './watchdog.ts';

const never = (): Promise<never> => new Promise(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the watchdog', () => {
  it('tells whoever waits which call did not come back, at the deadline and not before', async () => {
    const watchdog = new Watchdog(100);
    const told = vi.fn();
    watchdog.enter(0xc0081b03);
    watchdog.guard(never).catch(told);
    await vi.advanceTimersByTimeAsync(100);
    expect(told).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(40);
    expect(told).toHaveBeenCalledExactlyOnceWith(expect.any(BackendError));
    const error = told.mock.calls[0]?.[0] as BackendError;
    expect([error.kind, error.message]).toEqual(['hang', 'ioctl 0xc0081b03 did not answer within 100 ms']);
  });

  it('leaves calls alone that came back, and work that makes none', async () => {
    const watchdog = new Watchdog(100);
    for (let call = 0; call < 50; call += 1) watchdog.leave(watchdog.enter('reset'));
    const done = watchdog.guard(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return 'done';
    });
    await vi.advanceTimersByTimeAsync(1000);
    expect(await done).toBe('done');
  });

  it('counts from when a call began, however long others have been made before', async () => {
    const watchdog = new Watchdog(100);
    const told = vi.fn();
    watchdog.guard(never).catch(told);
    const first = watchdog.enter('first');
    await vi.advanceTimersByTimeAsync(90);
    watchdog.enter('second');
    watchdog.leave(first);
    await vi.advanceTimersByTimeAsync(60);
    expect(told).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    expect((told.mock.calls[0]?.[0] as BackendError).message).toContain('second');
  });

  it('keeps no timer when nothing is out', async () => {
    const watchdog = new Watchdog(100);
    watchdog.leave(watchdog.enter('open'));
    await vi.advanceTimersByTimeAsync(40);
    expect(vi.getTimerCount()).toBe(0);
    watchdog.enter('open');
    expect(vi.getTimerCount()).toBe(1);
  });

  it('passes on what the work itself ends with', async () => {
    const watchdog = new Watchdog(100);
    await expect(watchdog.guard(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(await watchdog.guard(() => Promise.resolve(7))).toBe(7);
  });
});
