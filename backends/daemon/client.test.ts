import { describe, expect, it } from 'vitest';
import { BackendError, type Backend, type Process } from '../backend.ts';
import { daemonBackend } from './client.ts';
import { FRAME } from './messages.ts';
import { LIMITS, ScriptedAgent, type Script } from './scripted_agent.ts';

const matching = (pattern: RegExp | string): unknown => expect.stringMatching(pattern);

interface Opened {
  readonly backend: Backend;
  readonly agent: ScriptedAgent;
  /** How often it was connected to. */
  readonly times: () => number;
}

async function opened(script?: Script, options: { deadline?: number; validate?: boolean } = {}): Promise<Opened> {
  let times = 0;
  let agent = new ScriptedAgent(script);
  const connect = () => {
    times += 1;
    if (times > 1) agent = new ScriptedAgent(script);
    return Promise.resolve(agent.link);
  };
  const backend = await daemonBackend({ connect, deadline: 2000, ...options });
  return {
    backend,
    get agent() {
      return agent;
    },
    times: () => times,
  };
}

async function errorOf(work: Promise<unknown>): Promise<BackendError> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof BackendError) return thrown;
    throw thrown;
  }
  throw new Error('it succeeded');
}

/** A process whose ioctl with one region of two bytes is answered as said. */
async function ioctlAnswered(result: object): Promise<BackendError> {
  const { backend } = await opened(({ method }) => (method === 'ioctl' ? result : undefined));
  const process = await backend.process();
  const call = { fd: 3, request: 1, regions: [{ bytes: new Uint8Array(2) }], patches: [] };
  return errorOf(process.ioctl(call));
}

describe('the handshake', () => {
  it('names the versions it speaks and takes an agent that chooses one', async () => {
    const { agent } = await opened();
    expect(agent.heard).toEqual([
      { jsonrpc: '2.0', id: 1, method: 'hello', params: { protocol: [1], client: 'rdma-conformance' } },
    ]);
  });

  it('refuses an agent that chooses another version', async () => {
    const greeting = { protocol: 2, agent: 'tomorrow 2', limits: LIMITS };
    const error = await errorOf(opened(({ method }) => (method === 'hello' ? greeting : undefined)));
    expect(error).toMatchObject({ kind: 'config', message: 'tomorrow 2 speaks version 2, not 1' });
  });

  it('passes on that the agent speaks no version of ours', async () => {
    const refused: Script = ({ id = 0 }, agent) => {
      agent.refuse(id, -32004, 'the client speaks 1, this agent 3');
      return '';
    };
    expect(await errorOf(opened(refused))).toMatchObject({
      kind: 'config',
      message: matching(/this agent 3/),
    });
  });

  it('gives up an agent that says nothing', async () => {
    const error = await errorOf(opened(() => '', { deadline: 20 }));
    expect(error).toMatchObject({ kind: 'hang', message: 'hello: not answered within 100 ms' });
  });

  it('is told of another client', async () => {
    const busy: Script = (_, agent) => {
      agent.refuse(null, -32005, 'there is a client already');
      return '';
    };
    expect(await errorOf(opened(busy))).toMatchObject({
      kind: 'resource',
      message: matching(/there is a client already/),
    });
  });
});

describe('garbage from the agent', () => {
  it.each([
    ['a value that is no number', { value: '0' }, 'ioctl: the agent is at fault: result/value must be integer'],
    ['an errno of zero', { errno: 0 }, 'ioctl: the agent is at fault: result/errno must be >= 1'],
    [
      'a value and an errno',
      { value: 0, errno: 22 },
      /at fault: result is to be one of its alternatives, and only one/,
    ],
    ['neither', {}, /at fault: result is to be one of its alternatives, and only one/],
    ['a member nobody knows', { value: 0, more: 1 }, /at fault: result must NOT have additional properties: "more"/],
    ['upper-case hex', { value: 0, regions: { '0': 'AB' } }, /at fault: result\/regions\/0 must match pattern/],
    ['half a byte', { value: 0, regions: { '0': 'abc' } }, /at fault: result\/regions\/0 must match pattern/],
    ['a region by name', { value: 0, regions: { x: 'ab' } }, /at fault: result\/regions must NOT have additional prop/],
    [
      'a region that was not sent',
      { value: 0, regions: { '1': 'abcd' } },
      /result\/regions\/1 is not among the 1 that/,
    ],
    ['a region that grew', { value: 0, regions: { '0': 'abcdef' } }, /result\/regions\/0 has 3 bytes instead of 2/],
  ])('%s is a fault of the protocol that says where', async (_, result, message) => {
    const error = await ioctlAnswered(result);
    expect(error.kind).toBe('protocol');
    expect(error.message).toMatch(message);
  });

  it.each<[string, object, (process: Process) => Promise<unknown>, RegExp]>([
    ['read', { value: 'abcd' }, (process) => process.read(3, 1), /^read: .* result\/value has 2 bytes, more than 1/],
    ['load', { value: 'ab' }, (process) => process.load(1n, 2), /^load: .* 1 bytes instead of 2/],
    ['poll', { value: [1, 1] }, (process) => process.poll([{ fd: 3, events: 1 }], false), /2 entries instead of 1/],
    ['map', { value: '0x0a' }, (process) => process.map(-1, 4096), /^map: .* result\/value must match pattern/],
    ['close', { value: 1 }, (process) => process.close(3), /^close: .* result\/value must be equal to constant: 0/],
    ['fork', { process: 0 }, (process) => process.fork(), /^fork: .* result\/process must be >= 1/],
  ])('%s is held to what was asked', async (method, result, work, message) => {
    const { backend } = await opened((heard) => (heard.method === method ? result : undefined));
    const error = await errorOf(work(await backend.process()));
    expect(error.kind).toBe('protocol');
    expect(error.message).toMatch(message);
  });

  it.each([
    ['no JSON', 'hello there', /the agent is at fault: this is not JSON: hello there/],
    ['no frame', '{"id":2}', /the agent is at fault: the frame must have required property/],
    ['no object', '7', /the agent is at fault: the frame must be object/],
    [
      'a result and an error',
      '{"jsonrpc":"2.0","id":2,"result":{},"error":{"code":-32700,"message":""}}',
      /: "result"/,
    ],
    ['an id nobody asked', '{"jsonrpc":"2.0","id":99,"result":{}}', /it answers 99, which nobody asks/],
    ['an id twice', '{"jsonrpc":"2.0","id":1,"result":{}}', /it answers 1, which nobody asks/],
    ['a refusal of what cannot be told', '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"eh?"}}', /eh\?/],
  ])('%s ends the connection, and every call hears why', async (_, text, message) => {
    const { backend } = await opened(({ method }) => (method === 'describe' ? text : undefined));
    const process = await backend.process();
    const [described, reading] = [backend.describe(), process.read(3, 1)].map((work) => errorOf(work));
    expect(await described).toMatchObject({ kind: 'protocol', message: matching(message) });
    expect(await reading).toMatchObject({ kind: 'protocol', message: matching(message) });
  });

  it('may not be endless', async () => {
    const { backend } = await opened(({ method }) => (method === 'describe' ? 'x'.repeat(FRAME + 1) : undefined));
    expect(await errorOf(backend.describe())).toMatchObject({
      kind: 'protocol',
      message: matching(/more than 33554432 bytes/),
    });
  });
});

describe('calls under way', () => {
  const reading: Script = ({ method }) => (method === 'read' ? '' : undefined);

  it('are answered in any order, also together', async () => {
    const { backend, agent } = await opened(reading);
    const process = await backend.process();
    const reads = [1, 2, 3].map((length) => process.read(3, length));
    await backend.settle?.();
    const ids = agent.heard.filter(({ method }) => method === 'read').map(({ id = 0 }) => id);
    const answers = ids.map((id, index) => ({ jsonrpc: '2.0', id, result: { value: '0a'.repeat(index) } }));
    agent.say(JSON.stringify(answers.slice(1).reverse()));
    agent.say(JSON.stringify(answers[0]));
    const lengths = (await Promise.all(reads)).map((answer) => answer.ok && answer.value.length);
    expect(lengths).toEqual([0, 1, 2]);
  });

  it('leave in one write where they begin together', async () => {
    const { backend, agent } = await opened();
    const before = agent.writes;
    const chain = async () => backend.process().then(() => backend.process());
    const late = async () => Promise.resolve().then(() => chain());
    // As when an answer has come: what goes on at once, and what goes on in the callbacks of promises.
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        void Promise.all([chain(), chain(), late(), late()]).then(() => {
          resolve();
        });
      });
    });
    expect(agent.heard.filter(({ method }) => method === 'process')).toHaveLength(8);
    expect(agent.writes - before).toBe(2);
  });

  it('are no more than the agent takes; what clears away gets through all the same', async () => {
    const few: Script = ({ method }) => {
      if (method === 'hello') return { protocol: 1, agent: 'small 1', limits: { ...LIMITS, inflight: 2 } };
      return method === 'read' ? '' : undefined;
    };
    const { backend, agent } = await opened(few);
    const process = await backend.process();
    const reads = [1, 2, 3, 4].map((length) => errorOf(process.read(3, length)));
    const asked = () => agent.heard.filter(({ method }) => method === 'read').map(({ params }) => params.length);
    await backend.settle?.();
    expect(asked()).toEqual([1, 2]);
    await backend.reset();
    for (const read of reads)
      expect(await read).toMatchObject({ kind: 'hang', message: matching(/its process was ended/) });
  });

  it('that were given up may still be answered', async () => {
    const { backend, agent } = await opened(reading);
    const read = errorOf((await backend.process()).read(3, 1));
    await backend.reset();
    expect((await read).kind).toBe('hang');
    agent.answer(agent.heard.find(({ method }) => method === 'read')?.id ?? 0, { errno: 4 });
    expect(await backend.reset()).toEqual({ leaked: {} });
  });

  it('fail with the kind the agent names', async () => {
    const kinds = { crash: -32001, hang: -32002, protocol: -32003, config: -32004, resource: -32005 };
    for (const [kind, code] of Object.entries(kinds)) {
      const { backend } = await opened(({ method, id = 0 }, agent) => {
        if (method !== 'describe') return undefined;
        agent.refuse(id, code, 'no');
        return '';
      });
      expect(await errorOf(backend.describe())).toMatchObject({ kind, message: 'describe: the agent says: no' });
    }
  });

  it('are not sent where they are larger than the agent takes', async () => {
    const { backend } = await opened();
    const process = await backend.process();
    const error = await errorOf(process.store(0n, new Uint8Array(LIMITS.frame)));
    expect(error).toMatchObject({
      kind: 'resource',
      message: matching(/^store cannot be sent to the agent: \d+ bytes are more/),
    });
  });

  it('are checked on their way out where that is asked for', async () => {
    const { backend } = await opened(undefined, { validate: true });
    const process = await backend.process();
    const error = await errorOf(process.close(1.5));
    expect(error).toMatchObject({
      kind: 'protocol',
      message: 'close: the client is at fault: params/fd must be integer',
    });
    const call = { fd: 3, request: -1, regions: [], patches: [] };
    expect((await errorOf(process.ioctl(call))).message).toMatch(/client is at fault: params\/request must be >= 0/);
  });
});

describe('what changed in memory', () => {
  it('is written to where the caller has it', async () => {
    const changed = { errno: 22, regions: { '1': 'beef' } };
    const { backend, agent } = await opened(({ method }) => (method === 'ioctl' ? changed : undefined));
    const process = await backend.process();
    const [first, second] = [new Uint8Array([1]), new Uint8Array([2, 3])];
    const regions = [
      { bytes: first, guard: true },
      { bytes: second, readOnly: true },
    ];
    const patches = [{ into: 0, offset: 8, region: 1, target: 4 }];
    expect(await process.ioctl({ fd: 3, request: 0xffffffff, regions, patches })).toEqual({ ok: false, errno: 22 });
    expect([...first, ...second]).toEqual([1, 0xbe, 0xef]);
    expect(agent.heard.at(-1)?.params).toEqual({
      process: 7,
      fd: 3,
      request: 0xffffffff,
      regions: [
        { bytes: '01', guard: true },
        { bytes: '0203', readOnly: true },
      ],
      patches: [[0, 8, 1, 4]],
    });
  });

  it('has addresses of 64 bits', async () => {
    const { backend, agent } = await opened(({ method }) => {
      if (method === 'map') return { value: '0xffffffffffffffff' };
      return method === 'store' ? { value: 0 } : undefined;
    });
    const process = await backend.process();
    expect(await process.map(-1, 4096)).toEqual({ ok: true, value: 0xffffffffffffffffn });
    await process.store(0xfffffffffffffff0n, new Uint8Array([255]));
    expect(agent.heard.at(-1)?.params).toEqual({ process: 7, address: '0xfffffffffffffff0', bytes: 'ff' });
  });
});

describe('an agent that is lost', () => {
  const dying: Script = ({ method }, agent) => {
    if (method === 'describe') agent.die();
    return method === 'read' ? '' : undefined;
  };

  it('fails every call that is under way and every call after; the next reset reaches another', async () => {
    const { backend, times } = await opened(dying);
    const process = await backend.process();
    const failed = [process.read(3, 1), process.read(3, 2), backend.describe()].map((work) => errorOf(work));
    for (const error of failed)
      expect(await error).toMatchObject({
        kind: 'crash',
        message: matching(/^the connection to the agent is lost/),
      });
    expect((await errorOf(backend.process())).kind).toBe('crash');
    expect(times()).toBe(1);
    expect(await backend.reset()).toEqual({ leaked: {} });
    expect(times()).toBe(2);
    expect((await backend.process()).pid).toBe(7);
    expect(await process.close(3)).toEqual({ ok: false, errno: 9 });
  });

  it('is reported by reset where no call was there to tell', async () => {
    const { backend, agent } = await opened();
    agent.die();
    expect(await errorOf(backend.reset())).toMatchObject({ kind: 'crash', message: matching(/is lost/) });
    expect(await backend.reset()).toEqual({ leaked: {} });
  });

  it('is given up when it cannot be reached again', async () => {
    let times = 0;
    const agent = new ScriptedAgent();
    const connect = () => {
      times += 1;
      return times === 1 ? Promise.resolve(agent.link) : Promise.reject(new BackendError('crash', 'it is gone'));
    };
    const backend = await daemonBackend({ connect, deadline: 2000 });
    agent.die();
    for (let i = 0; i < 5; i += 1) await errorOf(backend.reset());
    expect(times).toBe(4);
    expect(await errorOf(backend.reset())).toMatchObject({
      message: matching(/3 attempts to start it failed/),
    });
    expect((await errorOf(backend.process())).kind).toBe('crash');
    await backend.close();
  });

  it('is one that gives no sign of life', async () => {
    const { backend, agent } = await opened(({ method }) => (method === 'ping' ? '' : undefined), { deadline: 300 });
    const process = await backend.process();
    const error = await errorOf(process.read(3, 1));
    expect(agent.heard.some(({ method }) => method === 'ping')).toBe(true);
    expect(error).toMatchObject({ kind: 'hang', message: 'ping: not answered within 300 ms' });
  });

  it('is one that says it cannot end what hangs', async () => {
    const { backend, times } = await opened(({ method, id = 0 }, agent) => {
      if (method !== 'reset') return undefined;
      agent.refuse(id, -32002, 'ioctl of process 7 does not end');
      return '';
    });
    const error = await errorOf(backend.reset());
    expect(error).toMatchObject({ kind: 'hang', message: 'reset: the agent says: ioctl of process 7 does not end' });
    expect(times()).toBe(2);
  });
});

describe('the client', () => {
  it('passes along what it does it for, and waits for no answer', async () => {
    const { backend, agent } = await opened();
    await backend.begin?.('pd/lifecycle#a-protection-domain');
    await backend.settle?.();
    const begun = { jsonrpc: '2.0', method: 'begin', params: { scenario: 'pd/lifecycle#a-protection-domain' } };
    expect(agent.heard.slice(1, 2)).toEqual([begun]);
  });

  it('says goodbye', async () => {
    const { backend, agent } = await opened();
    await backend.close();
    expect(agent.heard.at(-1)?.method).toBe('bye');
  });

  it('asks an idle agent for signs of life', async () => {
    const { agent } = await opened();
    await expect
      .poll(() => agent.heard.map(({ method }) => method), { timeout: 20_000 })
      .toEqual(['hello', 'ping', 'ping']);
  });
});
