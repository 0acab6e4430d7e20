/** A run where somebody else keeps a cucumber project of their own: their files and settings must not reach it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../project.ts';

const MAIN = join(ROOT, 'build', 'runner', 'main.js');
const TIMEOUT = { timeout: 60_000 };

let folder: string;
let server: Server;
/** What reached the server that reports would be sent to. */
let sent: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foreign-'));
  sent = [];
  server = createServer((request, response) => {
    sent.push(`${request.method ?? ''} ${request.headers.authorization ?? ''}`);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function run(env: Readonly<Record<string, string>>): Promise<{ readonly code: number | null; readonly said: string }> {
  const args = [MAIN, 'run', '--model', 'no-qp', '--clause', 'pd-create', '--out', 'out', '--quiet'];
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, ...env }, timeout: 50_000 });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, said });
    });
  });
}

describe('a run in a foreign folder', TIMEOUT, () => {
  it.each(['cucumber.js', 'cucumber.mjs', 'cucumber.cjs'])('does not load %s', async (name) => {
    const touched = join(folder, 'touched');
    writeFileSync(join(folder, name), `require('node:fs').writeFileSync(${JSON.stringify(touched)}, '');`);
    expect(await run({})).toMatchObject({ code: 0 });
    expect(existsSync(touched)).toBe(false);
  });

  it('does not read the settings of cucumber', async () => {
    const settings = { default: { dryRun: true, format: ['json:report.json'], paths: ['none'], publish: true } };
    for (const name of ['cucumber.json', 'cucumber.yaml', 'cucumber.yml'])
      writeFileSync(join(folder, name), JSON.stringify(settings));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'commonjs', cucumber: settings.default }));
    const { code, said } = await run({});
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringMatching(/1 passed/) as string });
    expect(existsSync(join(folder, 'report.json'))).toBe(false);
  });

  it('sends nothing anywhere, whatever token lies in the environment', async () => {
    const { port } = server.address() as AddressInfo;
    const { code, said } = await run({
      CUCUMBER_PUBLISH_ENABLED: 'true',
      CUCUMBER_PUBLISH_TOKEN: 'a-secret',
      CUCUMBER_PUBLISH_URL: `http://127.0.0.1:${String(port)}/`,
    });
    expect({ code, sent }).toEqual({ code: 0, sent: [] });
    expect(said).not.toContain('a-secret');
  });
});
