/** What conformd makes of lines: the envelope, the params, garbage. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build, endAll, session, start, Client, type Client as Speaker, type Reply } from './running_agent.ts';

const built = build();

describe.skipIf(!built)('conformd reads lines', () => {
  let client: Speaker;
  beforeEach(async () => {
    client = await session('/dev/null');
  });
  afterEach(endAll);

  const refusal = async (line: string): Promise<[number | null, number | undefined]> => {
    client.say(line);
    const { id, error } = (await client.hear()) as Reply;
    return [id, error?.code];
  };

  it.each([
    ['{"jsonrpc":"2.0"', [null, -32700]],
    ['\xff\xfe', [null, -32700]],
    ['{"jsonrpc":"2.0","id":1,"id":2,"method":"ping","params":{}}', [null, -32700]],
    ['"ping"', [null, -32600]],
    ['[]', [null, -32600]],
    ['{"id":9,"method":"ping","params":{}}', [9, -32600]],
    ['{"jsonrpc":"2.0","id":9,"method":"ping","params":{},"extra":1}', [9, -32600]],
    ['{"jsonrpc":"2.0","id":"nine","method":"ping","params":{}}', [null, -32600]],
    ['{"jsonrpc":"2.0","id":0,"method":"ping","params":{}}', [null, -32600]],
    ['{"jsonrpc":"2.0","id":9007199254740992,"method":"ping","params":{}}', [null, -32600]],
    ['{"jsonrpc":"2.0","id":9,"method":"pong","params":{}}', [9, -32601]],
    ['{"jsonrpc":"2.0","id":9,"method":"ping","params":[]}', [9, -32602]],
    ['{"jsonrpc":"2.0","id":9,"method":"ping"}', [9, -32602]],
    ['{"jsonrpc":"2.0","id":9,"method":"ping","params":{"x":1}}', [9, -32602]],
    ['{"jsonrpc":"2.0","id":9,"method":"close","params":{"process":99999999,"fd":3}}', [9, -32602]],
    ['['.repeat(5000), [null, -32700]],
    ['x'.repeat((1 << 20) + 1), [null, -32006]],
    ['x'.repeat(5 << 20), [null, -32006]],
  ])('answers %.80s with an error, and lives on', async (line, wanted) => {
    expect(await refusal(`${line}\n`)).toEqual(wanted);
    expect(await client.call('ping', {})).toEqual({});
  });

  it('takes whatever one line can hold', async () => {
    expect(await refusal(`[${'{},'.repeat(349_000)}{}]\n`)).toEqual([null, -32006]);
    expect(await refusal(`{"a":[${'1,'.repeat(520_000)}1]}\n`)).toEqual([null, -32600]);
    expect(await client.call('ping', {})).toEqual({});
  });

  it('names what is wrong and where', async () => {
    const process = await client.process();
    const said = async (method: string, params: object): Promise<string> =>
      (await client.ask(method, { process, ...params })).error?.message ?? '';
    expect(await said('close', {})).toBe('params.fd: is missing');
    expect(await said('close', { fd: 2 ** 31 })).toMatch(/^params.fd: wants an integer from -2147483648 to 2147483647/);
    expect(await said('close', { fd: 1.5 })).toMatch(/^params.fd: wants an integer/);
    expect(await said('close', { fd: 1, FD: 1 })).toBe('params.FD: is not known');
    expect(await said('load', { address: '0x01', length: 1 })).toMatch(/^params.address: wants an address/);
    expect(await said('read', { fd: 0, length: 1 << 20 })).toMatch(/^params.length: wants an integer from 0 to/);
    expect(await said('store', { address: '0x0', bytes: 'AB' })).toMatch(/^params.bytes: wants lower-case hex/);
    expect(await said('fcntl', { fd: 0, command: 'F_DUPFD', argument: 0 })).toMatch(/^params.command: wants F_GETFD/);
    expect(await said('open', { path: '/dev/null', flags: 0x40 })).toMatch(/^params.flags: has bits other than/);
    expect(await said('poll', { entries: [[1]], wait: false })).toMatch(/^params.entries: wants pairs/);
  });

  it('reads a message the same way however it is written, right or wrong', async () => {
    const process = await client.process();
    const fd = await client.open(process, '/dev/null');
    const regions = [{ bytes: '00112233445566778899' }, { bytes: 'ab', readOnly: true, guard: true }];
    const messages = [
      { regions, patches: [[0, 2, 1, 0]] },
      { regions, patches: [[0, 3, 1, 0]] },
      { regions, patches: [[2, 0, 1, 0]] },
      { regions: [{ bytes: '0' }], patches: [] },
      { regions: [{ bytes: '0G' }], patches: [] },
      { regions: [], patches: [] },
      { regions: Array.from({ length: 257 }, () => ({ bytes: '' })), patches: [] },
    ];
    for (const message of messages) {
      for (const [method, more] of [
        ['ioctl', { request: 0x5401 }],
        ['write', {}],
      ] as const) {
        const line = client.line(method, { process, fd, ...more, ...message }, 77);
        client.say(`${line} ${line}`);
        expect(await client.hear()).toEqual(await client.hear());
      }
    }
  });

  it('answers a batch by one array once all of it is answered, and says nothing to notifications alone', async () => {
    const process = await client.process();
    const fd = await client.open(process, '/dev/null');
    const lines = [
      client.line('read', { process, fd, length: 4 }, 1),
      client.line('ping', {}, 2),
      '1',
      '{"jsonrpc":"2.0","method":"begin","params":{"scenario":"a/b#c"}}',
    ];
    client.say(`[${lines.join(',').replaceAll('\n', '')}]\n[${String(lines[3])}]\n`);
    const answers = (await client.hear()) as Reply[];
    expect(answers.map(({ id }) => id).sort()).toEqual([1, 2, null]);
    expect(answers.find(({ id }) => id === 1)?.result).toEqual({ value: '' });
    client.say(`[${Array.from({ length: 257 }, () => 1).join(',')}]\n`);
    expect(((await client.hear()) as Reply).error?.code).toBe(-32006);
  });

  it('obeys no request without an id but begin', async () => {
    client.say('{"jsonrpc":"2.0","method":"bye","params":{}}\n');
    expect(await client.call('ping', {})).toEqual({});
  });

  it('ends every process when hello comes again', async () => {
    const process = await client.process();
    await client.hello();
    expect((await client.ask('close', { process, fd: 3 })).error?.code).toBe(-32602);
  });
});

describe.skipIf(!built)('conformd begins', () => {
  afterEach(endAll);

  const greeted = async (line: string): Promise<Reply> => {
    const { stdout, stdin } = start();
    if (stdout === null || stdin === null) throw new Error('there are no pipes');
    const client = new Client(stdout, stdin);
    client.say(line);
    return (await client.hear()) as Reply;
  };

  it('wants hello first, in a version it speaks', async () => {
    const ping = '{"jsonrpc":"2.0","id":1,"method":"ping","params":{}}\n';
    expect((await greeted(ping)).error?.code).toBe(-32600);
    const later = ping.replace('ping', 'hello').replace('{}', '{"protocol":[7,9],"client":"x"}');
    expect((await greeted(later)).error).toEqual({
      code: -32004,
      message: 'the client speaks protocol 7, 9; this agent speaks 1',
    });
  });
});
