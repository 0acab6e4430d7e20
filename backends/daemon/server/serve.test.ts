import { expect, it, describe } from 'vitest';
import { projectSpec } from '../../../spec/project_spec.ts';
import type { Backend } from '../../backend.ts';
import { BACKENDS } from '../../registry.ts';
import { Lines } from '../lines.ts';
import { FRAME } from '../messages.ts';
import { protocolSchemas } from '../schemas.ts';
import { pipe } from '../scripted_agent.ts';
import { serveClient } from './serve.ts';

const spec = projectSpec();
const HELLO = { jsonrpc: '2.0', id: 1, method: 'hello', params: { protocol: [1], client: 'test' } };

const emulator = (): Promise<Backend> => {
  const entry = BACKENDS.find(({ id }) => id === 'emulator');
  if (entry === undefined) throw new Error('there is no emulator');
  return entry.open({ spec, model: 'verbs', seed: 1 });
};

interface Session {
  /** Sends lines and resolves to as many answers as there are to come. */
  readonly ask: (count: number, ...lines: readonly (string | object)[]) => Promise<unknown[]>;
  readonly gone: Promise<void>;
}

async function session(open = emulator, validate = false): Promise<Session> {
  const { link, from, to } = pipe();
  const answers: unknown[] = [];
  const lines = new Lines(
    FRAME,
    (line) => answers.push(JSON.parse(line)),
    () => undefined,
  );
  link.from.on('data', (chunk: Buffer) => {
    lines.push(chunk);
  });
  const gone = serveClient(from, to, await protocolSchemas(), { agent: 'test', open, validate });
  const ask: Session['ask'] = async (count, ...said) => {
    for (const line of said) link.to.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
    await expect.poll(() => answers.length, { timeout: 20_000 }).toBe(count);
    return answers.splice(0);
  };
  return { ask, gone };
}

async function greeted(open = emulator, validate = false): Promise<Session> {
  const fresh = await session(open, validate);
  await fresh.ask(1, HELLO);
  return fresh;
}

const request = (id: number, method: string, params: object = {}) => ({ jsonrpc: '2.0', id, method, params });
const refusal = (id: number | null, code: number, message: unknown = expect.any(String)) => ({
  jsonrpc: '2.0',
  id,
  error: { code, message },
});

describe('the server', () => {
  it('says what it takes', async () => {
    const { ask } = await session();
    expect(await ask(1, HELLO)).toMatchObject([
      { id: 1, result: { protocol: 1, agent: 'test', limits: { frame: FRAME } } },
    ]);
  });

  it('speaks no version but its own, nothing before hello, and hello once', async () => {
    const { ask } = await session();
    const [early, other, first] = await ask(
      3,
      request(1, 'ping'),
      { ...HELLO, id: 2, params: { protocol: [2, 3], client: 'x' } },
      { ...HELLO, id: 3 },
    );
    expect(early).toEqual(refusal(1, -32600, 'hello comes before ping'));
    expect(other).toEqual(refusal(2, -32004, 'the client speaks version 2, 3, the agent 1'));
    expect(first).toMatchObject({ id: 3, result: {} });
    expect(await ask(1, { ...HELLO, id: 4 })).toEqual([refusal(4, -32600, 'hello was said already')]);
  });

  it.each<[string, string | object, number | null, number, RegExp]>([
    ['no JSON', 'garbage', null, -32700, /not JSON/],
    ['half a message', '{"jsonrpc":"2.0"', null, -32700, /not JSON/],
    ['a number', '17', null, -32600, /the frame must be object/],
    ['an empty batch', '[]', null, -32600, /1 to 1024/],
    ['no method', { jsonrpc: '2.0', id: 9, params: {} }, 9, -32600, /required property 'method'/],
    ['a version before ours', { jsonrpc: '1.0', id: 9, method: 'ping', params: {} }, 9, -32600, /frame\/jsonrpc/],
    ['an id that is text', { jsonrpc: '2.0', id: 'x', method: 'ping', params: {} }, null, -32600, /frame\/id/],
    ['more than there is', { ...request(9, 'ping'), more: 1 }, 9, -32600, /additional properties: "more"/],
    ['a list of parameters', { jsonrpc: '2.0', id: 9, method: 'ping', params: [] }, 9, -32600, /frame\/params/],
    ['an unknown method', request(9, 'reboot'), 9, -32601, /there is no method "reboot"/],
    ['a method of every object', request(9, 'constructor'), 9, -32601, /no method "constructor"/],
    [
      'a parameter too many',
      request(9, 'ping', { a: 1 }),
      9,
      -32602,
      /params must NOT have additional properties: "a"/,
    ],
    ['a parameter too few', request(9, 'close', { process: 1 }), 9, -32602, /params must have required property 'fd'/],
    ['an unknown process', request(9, 'close', { process: 999, fd: 3 }), 9, -32602, /no process 999/],
    [
      'broken hex',
      request(9, 'store', { process: 1, address: '0x1', bytes: 'g0' }),
      9,
      -32602,
      /params\/bytes must match/,
    ],
    ['too much to read', request(9, 'load', { process: 1, address: '0x1', length: 2 ** 40 }), 9, -32602, /process 1/],
    [
      'an unknown control',
      request(9, 'control', { control: { action: 'x' } }),
      9,
      -32602,
      /params\/control\/action must/,
    ],
    ['a control short of a part', request(9, 'control', { control: { action: 'plug' } }), 9, -32602, /'device'/],
  ])('answers %s by an error and lives on', async (_, said, id, code, message) => {
    const { ask } = await greeted();
    const [error, alive] = await ask(2, said, request(10, 'ping'));
    expect(error).toEqual(refusal(id, code, expect.stringMatching(message)));
    expect(alive).toEqual({ jsonrpc: '2.0', id: 10, result: {} });
  });

  it('skips a message that is too long', async () => {
    const { ask } = await greeted();
    const [error, alive] = await ask(2, 'x'.repeat(FRAME + 1), request(10, 'ping'));
    expect(error).toEqual(refusal(null, -32006));
    expect(alive).toMatchObject({ id: 10, result: {} });
  });

  it('answers a batch in one piece, and notifications not at all', async () => {
    const { ask } = await greeted();
    const silent = { jsonrpc: '2.0', method: 'begin', params: { scenario: 'a#b' } };
    const [answers, last] = await ask(
      2,
      [request(2, 'process', { privileged: true }), silent, request(3, 'none'), 5],
      silent,
      { ...silent, method: 'none' },
      [silent, silent],
      request(4, 'ping'),
    );
    const sorted = (answers as { id: number | null }[]).toSorted((a, b) => Number(a.id) - Number(b.id));
    expect(sorted).toMatchObject([
      { id: null, error: { code: -32600 } },
      { id: 2 },
      { id: 3, error: { code: -32601 } },
    ]);
    expect(last).toMatchObject({ id: 4, result: {} });
  });

  it('answers what waits after what was asked later', async () => {
    const { ask } = await greeted();
    const [made] = (await ask(1, request(2, 'process', { privileged: true }))) as [{ result: { process: number } }];
    const { process } = made.result;
    const wait = { process, entries: [], wait: true };
    expect(await ask(1, request(3, 'poll', wait), request(4, 'ping'))).toMatchObject([{ id: 4 }]);
  });

  it('ends a process when it is told to', async () => {
    const ended: number[] = [];
    const watched = async (): Promise<Backend> => {
      const backend = await emulator();
      const process = async () => {
        const inner = await backend.process();
        return { ...inner, exit: () => Promise.resolve(void ended.push(inner.pid)) };
      };
      return { ...backend, process };
    };
    const { ask } = await greeted(watched);
    const [made] = (await ask(1, request(2, 'process', { privileged: true }))) as [{ result: { process: number } }];
    const { process } = made.result;
    expect(await ask(1, request(3, 'exit', { process }))).toMatchObject([{ id: 3, result: {} }]);
    expect(await ask(1, request(4, 'close', { process, fd: 3 }))).toMatchObject([{ id: 4, error: { code: -32602 } }]);
    expect(ended).toEqual([process]);
  });

  it('answers for a backend that breaks', async () => {
    const broken = async (): Promise<Backend> => ({
      ...(await emulator()),
      describe: () => Promise.reject(new TypeError('oh')),
    });
    const { ask } = await greeted(broken);
    expect(await ask(2, request(2, 'describe'), request(3, 'ping'))).toMatchObject([
      refusal(2, -32001, 'oh'),
      { id: 3 },
    ]);
  });

  it('finds its own faults where it is told to', async () => {
    const wrong = async (): Promise<Backend> => {
      const backend = await emulator();
      return { ...backend, describe: async () => ({ ...(await backend.describe()), model: '../up' }) };
    };
    const { ask } = await greeted(wrong, true);
    expect(await ask(1, request(2, 'describe'))).toEqual([
      refusal(2, -32003, expect.stringMatching(/^describe: the agent is at fault: result\/model must match/)),
    ]);
  });

  it('ends when it is told to', async () => {
    let closed = 0;
    const open = async (): Promise<Backend> => ({
      ...(await emulator()),
      close: () => Promise.resolve(void (closed += 1)),
    });
    const { ask, gone } = await greeted(open);
    expect(await ask(1, request(2, 'bye'))).toEqual([{ jsonrpc: '2.0', id: 2, result: {} }]);
    await gone;
    expect(closed).toBe(1);
  });
});
