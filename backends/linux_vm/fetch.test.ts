import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SCRIPT = join(import.meta.dirname, 'fetch.sh');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rdma-conformance-fetch.'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the script with an `apt-cache` that knows these images: package -> version. */
function fetch(images: Readonly<Record<string, string>>, ...args: string[]): { code: number | null; text: string } {
  const rows = Object.entries(images).map(([name, version]) => ` ${name} | ${version} | http://example.org main`);
  const script = [
    '#!/bin/sh',
    'case "$*" in',
    `*search*) cat <<'END' | grep -E -- "$3"\n${Object.keys(images).join('\n')}\nEND\n;;`,
    `madison*) shift; for name; do grep -F -- " $name |" <<'END'\n${rows.join('\n')}\nEND\ndone ;;`,
    'show*6.12*) echo "Depends: gcc-12, linux-kbuild-6.12.9+deb12 (>= 1), make" ;;',
    'show*) echo "Depends: linux-headers-common (= 1), linux-kbuild-6.1 (>= 1)" ;;',
    'esac',
  ];
  writeFileSync(join(folder, 'apt-cache'), `${script.join('\n')}\n`);
  chmodSync(join(folder, 'apt-cache'), 0o755);
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
  const { status, stdout, stderr } = spawnSync(SCRIPT, args, { encoding: 'utf8', env, timeout: 20_000 });
  return { code: status, text: stdout + stderr };
}

const resolved = (images: Readonly<Record<string, string>>, series: string): string =>
  fetch(images, '--resolve', '--kernel', series).text.trim();

describe('fetch.sh', () => {
  it('finds the newest by version, not by the order of letters', () => {
    const images = {
      'linux-image-6.1.0-9-amd64': '6.1.27-1',
      'linux-image-6.1.0-56-amd64': '6.1.192-2',
      'linux-image-6.1.0-47-amd64': '6.1.170-3',
    };
    expect(resolved(images, '6.1')).toBe(
      '6.1.0-56-amd64 6.1.192-2 linux-image-6.1.0-56-amd64 linux-headers-6.1.0-56-amd64 ' +
        'linux-headers-6.1.0-56-common linux-kbuild-6.1 linux-source-6.1',
    );
  });

  it('takes the signed image where both are of one version, and the unsigned where it is newer', () => {
    const images = {
      'linux-image-6.12.9+deb12-amd64': '6.12.9-1~deb12u1',
      'linux-image-6.12.9+deb12-amd64-unsigned': '6.12.9-1~deb12u1',
    };
    expect(resolved(images, '6.12')).toContain(' linux-image-6.12.9+deb12-amd64 ');
    const ahead = { ...images, 'linux-image-6.12.10+deb12-amd64-unsigned': '6.12.10-1~deb12u1' };
    expect(resolved(ahead, '6.12')).toMatch(
      /^6\.12\.10\+deb12-amd64 6\.12\.10-1~deb12u1 linux-image-6\.12\.10\+deb12-amd64-unsigned /,
    );
  });

  it('leaves other flavours and series alone', () => {
    const images = {
      'linux-image-6.1.0-56-amd64': '6.1.192-2',
      'linux-image-6.1.0-57-cloud-amd64': '6.1.193-1',
      'linux-image-6.1.0-57-amd64-dbg': '6.1.193-1',
      'linux-image-6.12.9+deb12-amd64': '6.12.9-1~deb12u1',
    };
    expect(resolved(images, '6.1')).toMatch(/^6\.1\.0-56-amd64 /);
    expect(resolved(images, '6.12')).toMatch(/^6\.12\.9\+deb12-amd64 /);
  });

  it('says what to do where the lists hold no such kernel', () => {
    const { code, text } = fetch({}, '--resolve', '--kernel', '6.1');
    expect(code).toBe(1);
    expect(text).toContain('run `apt-get update` as root');
  });

  it('refuses arguments it does not know', () => {
    for (const args of [['--kernel', '5.10'], ['--kernel'], ['--kernel', ''], ['nonsense']]) {
      expect(fetch({}, ...args).code).toBe(2);
    }
  });

  it('shows its help with an example', () => {
    const { code, text } = fetch({}, '--help');
    expect(code).toBe(0);
    expect(text).toContain('Example:\n  backends/linux_vm/fetch.sh --kernel');
  });
});
