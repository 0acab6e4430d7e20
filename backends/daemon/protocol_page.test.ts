/** The page that agents are written from: its tables are those of the schemas, its session is one that took place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { abiOf } from '../../spec/abi/registry.ts';
import { packageRoot } from '../../spec/compile/files.ts';
import { withPart } from '../../spec/compile/generated_part.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { BACKENDS } from '../registry.ts';
import { Lines } from './lines.ts';
import { FRAME, METHODS } from './messages.ts';
import { messageTables } from './protocol_page.ts';
import { protocolSchemas } from './schemas.ts';
import { pipe } from './scripted_agent.ts';
import { serveClient } from './server/serve.ts';
import { memoryText } from './wire.ts';

const PAGE = join(packageRoot(), 'spec', 'chapters', 'daemon_protocol.md');
const spec = projectSpec();
const abi = abiOf(spec, 'uverbs');

/** Says lines one after the other, each when the one before was answered; keeps both sides. */
class Recorder {
  readonly lines: string[] = [];
  readonly #say: (line: string) => void;
  #heard: ((line: string) => void) | undefined;
  #id = 0;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  hear(line: string): void {
    this.lines.push(`<- ${line}`);
    this.#heard?.(line);
  }

  raw(line: string): Promise<unknown> {
    this.lines.push(`-> ${line}`);
    const answered = new Promise<string>((resolve) => (this.#heard = resolve));
    this.#say(line);
    return answered.then((answer) => JSON.parse(answer) as unknown);
  }

  /** `params` as JSON without its braces. */
  async ask<T>(method: string, params = ''): Promise<T> {
    this.#id += 1;
    const line = `{"jsonrpc":"2.0","id":${String(this.#id)},"method":"${method}","params":{${params}}}`;
    const { result } = (await this.raw(line)) as { readonly result: T };
    return result;
  }

  notify(method: string, params: string): void {
    const line = `{"jsonrpc":"2.0","method":"${method}","params":{${params}}}`;
    this.lines.push(`-> ${line}`);
    this.#say(line);
  }
}

async function recorded(): Promise<string> {
  const entry = BACKENDS.find(({ id }) => id === 'emulator-uverbs');
  if (entry === undefined) throw new Error('there is no emulator');
  const { link, from, to } = pipe();
  const open = () => entry.open({ spec, model: 'verbs', seed: 1 });
  const gone = serveClient(from, to, await protocolSchemas(), {
    agent: 'rdma-conformance 0.1.0',
    open,
    validate: true,
  });
  const session = new Recorder((line) => link.to.write(`${line}\n`));
  const lines = new Lines(
    FRAME,
    (line) => {
      session.hear(line);
    },
    () => undefined,
  );
  link.from.on('data', (chunk: Buffer) => {
    lines.push(chunk);
  });
  await converse(session);
  await gone;
  return session.lines.join('\n');
}

async function converse(session: Recorder): Promise<void> {
  await session.ask('hello', '"protocol":[1],"client":"rdma-conformance 0.1.0"');
  const { devices } = await session.ask<{ devices: { path: string }[] }>('describe');
  session.notify('begin', '"scenario":"pd/lifecycle#a-protection-domain"');
  const { process } = await session.ask<{ process: number }>('process', '"privileged":true');
  const by = `"process":${String(process)}`;
  const { value: fd } = await session.ask<{ value: number }>(
    'open',
    `${by},"path":"${devices[0]?.path ?? ''}","flags":2`,
  );
  const file = `${by},"fd":${String(fd)}`;
  for (const { request, regions, patches } of [
    ...abi.greeting(),
    abi.encode(abi.draft({ object: 'pd', method: 'create', attributes: {} })),
    abi.encode(abi.draft({ object: 'pd', method: 'destroy', on: 4711, attributes: {} })),
  ])
    await session.ask('ioctl', `${file},"request":${String(request)},${memoryText(regions, patches)}`);
  const guarded = memoryText([{ bytes: new Uint8Array(4), guard: true }], []);
  await session.ask('ioctl', `${file},"request":3222805249,${guarded}`);
  await session.ask('write', `${file},${memoryText([{ bytes: new Uint8Array(8) }], [])}`);
  await session.ask('read', `${file},"length":16`);
  await session.ask('poll', `${by},"entries":[[${String(fd)},1],[99,1]],"wait":false`);
  await session.ask('fcntl', `${file},"command":"F_GETFD","argument":0`);
  const { value: address } = await session.ask<{ value: string }>('map', `${by},"fd":-1,"length":4096,"offset":0`);
  await session.ask('store', `${by},"address":"${address}","bytes":"0102030405060708"`);
  await session.ask('load', `${by},"address":"${address}","length":4`);
  const { process: child } = await session.ask<{ process: number }>('fork', by);
  await session.ask('unmap', `${by},"address":"${address}","length":4096`);
  await session.ask('load', `${by},"address":"${address}","length":4`);
  await session.ask('sendFd', `${file},"to":${String(child)}`);
  await session.ask('close', file);
  await session.ask('exit', by);
  const control = { action: 'set_port', device: 'nothing0', port: 1, state: 'DOWN' };
  await session.ask('control', `"control":${JSON.stringify(control)}`);
  await session.ask('ping');
  await session.raw('this is garbage');
  await session.ask('close', `${by},"fd":3`);
  await session.ask('close', `"process":${String(child)},"fd":"3"`);
  await session.ask('open', `"process":${String(child)},"path":"/dev/null-and-void"`);
  await session.raw(
    '[{"jsonrpc":"2.0","id":101,"method":"ping","params":{}},{"jsonrpc":"2.0","id":102,"method":"frob","params":{}}]',
  );
  await session.ask('reset');
  await session.ask('bye');
}

it('is what the schemas say and what took place; made anew by `npm run golden`', async () => {
  const session = await recorded();
  for (const method of METHODS) expect(session).toContain(`"method":"${method}"`);
  const page = withPart(readFileSync(PAGE, 'utf8'), 'messages', messageTables());
  await expect(withPart(page, 'session', `\`\`\`\n${session}\n\`\`\``)).toMatchFileSnapshot(PAGE);
});
