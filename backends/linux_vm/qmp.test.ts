import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { BackendError } from '../backend.ts';
import { within } from './deadline.ts';
import { Qmp } from './qmp.ts';

interface Asked {
  readonly execute: string;
  readonly id: number;
}

/** A machine's end of the protocol that answers each command with these lines, cut where `cut` says. */
function machine(answer: (asked: Asked) => readonly object[], cut = 1000): Duplex {
  const stream = new Duplex({
    read: () => undefined,
    write(chunk: Buffer, _encoding, done) {
      for (const asked of chunk.toString().trim().split('\n')) {
        const text = answer(JSON.parse(asked) as Asked)
          .map((line) => `${JSON.stringify(line)}\r\n`)
          .join('');
        for (let at = 0; at < text.length; at += cut) stream.push(text.slice(at, at + cut));
      }
      done();
    },
  });
  stream.push('{"QMP": {"version": {}}}\r\n');
  return stream;
}

describe('QMP', () => {
  it('gives each command its own answer, in whatever pieces it comes', async () => {
    const qmp = new Qmp(machine(({ execute, id }) => [{ id, return: { was: execute } }], 3));
    const [one, two] = await Promise.all([qmp.execute('one'), qmp.execute('two')]);
    expect([one, two]).toEqual([{ was: 'one' }, { was: 'two' }]);
  });

  it('says what QEMU refuses', async () => {
    const qmp = new Qmp(machine(({ id }) => [{ id, error: { desc: 'no such thing' } }]));
    await expect(qmp.execute('nonsense')).rejects.toThrow('QEMU refuses nonsense: no such thing');
  });

  it('hears the event that is meant among others', async () => {
    const qmp = new Qmp(
      machine(({ id }) => [{ event: 'STOP' }, { event: 'OPEN', data: { id: 'agent' } }, { id, return: {} }]),
    );
    const meant = qmp.event(({ event }) => event === 'OPEN');
    await qmp.execute('cont');
    expect((await meant).data).toEqual({ id: 'agent' });
  });
});

describe('a deadline', () => {
  it('is a hang that says what did not come', async () => {
    const never = within(5, 'an answer', new Promise(() => undefined));
    await expect(never).rejects.toThrow('an answer: nothing within 0.005 s');
    await expect(never).rejects.toSatisfy((thrown) => thrown instanceof BackendError && thrown.kind === 'hang');
  });

  it('lets through what comes in time, and what fails', async () => {
    expect(await within(1000, 'x', Promise.resolve(1))).toBe(1);
    await expect(within(1000, 'x', Promise.reject(new Error('y')))).rejects.toThrow('y');
  });
});
