/** Every message of every scenario is decoded from its bytes and the tables alone; here a part, `npm run decodability` takes all. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { abiOf } from '../../spec/abi/registry.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { hex } from '../../steps/client/recorder.ts';
import { ROOT } from '../project.ts';
import { ON_PURPOSE } from './on_purpose.ts';
import type { Sent } from './sent.ts';
import { unknownIn } from './unknown.ts';

const spec = projectSpec();
const EVERY = process.env['DECODE_EVERY'] ?? '4';
const TIMEOUT = 300_000;

it('holds for what both emulators are sent', { timeout: TIMEOUT }, () => {
  const script = join(ROOT, 'build', 'runner', 'decodability', 'sent.js');
  const args = [script, EVERY, 'emulator', 'emulator-uverbs'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: TIMEOUT });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const sent = JSON.parse(stdout) as readonly Sent[];
  expect(sent.map(({ backend }) => backend)).toEqual(['emulator', 'emulator-uverbs']);
  for (const { calls, scenarios } of sent) expect(Math.min(calls / 1000, scenarios)).toBeGreaterThan(10);
  const others = sent.flatMap(({ backend, unknown }) =>
    Object.entries(unknown)
      .filter(([clause]) => ON_PURPOSE[clause] === undefined)
      .map(([clause, what]) => `${backend}, ${clause}: ${Object.keys(what).join('; ')}`),
  );
  expect(others).toEqual([]);
  const found = new Set(sent.flatMap(({ unknown }) => Object.keys(unknown)));
  expect(Object.keys(ON_PURPOSE).filter((clause) => !found.has(clause))).toEqual([]);
});

describe('a recorded call', () => {
  const line = (id: 'uapi' | 'uverbs', change: (bytes: Uint8Array) => void = () => undefined) => {
    const abi = abiOf(spec, id);
    const { request, regions, patches } = abi.encode(abi.draft({ object: 'pd', method: 'create', attributes: {} }));
    const [message, ...rest] = regions.map(({ bytes }) => bytes);
    if (message !== undefined) change(message);
    const sent = [message ?? new Uint8Array(0), ...rest].map(hex);
    const places = patches.map(({ into, offset, region, target }) => [into, offset, region, target] as const);
    const call = { n: 1, pid: 1, call: 'ioctl', request: `0x${request.toString(16)}`, answer: '0' } as const;
    return unknownIn({ ...call, sent, patches: places }, abi);
  };

  it('has a name for everything', () => {
    expect(line('uapi')).toEqual([]);
    expect(line('uverbs')).toEqual([]);
  });

  it('has none for a class, an object or a command that no table has', () => {
    expect(line('uapi', (bytes) => bytes.fill(0x77, 2, 3))).toEqual(['class 119.method 0']);
    expect(line('uverbs', (bytes) => bytes.fill(0x77, 2, 3))[0]).toBe('object 119.method 0');
  });

  it('has none for a message that is cut off', () => {
    expect(line('uapi', (bytes) => bytes.fill(7, 0, 1))).toEqual(['length 7 is below 8']);
    expect(line('uverbs', (bytes) => bytes.fill(0, 0, 1))[0]).toMatch(/^length 0 is not/);
  });

  it('that carries no message has nothing to name', () => {
    expect(unknownIn({ n: 1, pid: 1, call: 'poll', answer: '1' }, abiOf(spec, 'uapi'))).toEqual([]);
  });
});
