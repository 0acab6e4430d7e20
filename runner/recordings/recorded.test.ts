/** What a real libibverbs sends, against the tables: every byte has a name, and each function makes the calls of its row. */
import { describe, expect, it } from 'vitest';
import { abiOf } from '../../spec/abi/registry.ts';
import { tablesOf } from '../../spec/abi/uverbs/read_tables.ts';
import { projectSpec } from '../../spec/project_spec.ts';
import { unknownIn } from '../decodability/unknown.ts';
import { bytesOf } from '../views/calls.ts';
import { byProgram, isMessage, readRecording } from './recorded.ts';
import { wordsOf } from './words.ts';

const spec = projectSpec();
const abi = abiOf(spec, 'uverbs');
const tables = tablesOf(spec);
const recording = readRecording();
const programs = byProgram(recording);
/** Every function of libibverbs 1.0, by the ioctl; and as on a kernel that has none. */
const [NEW, OLD] = ['walk', 'walk_old'];

/** What no row has, and why. */
const FURTHER: Readonly<Record<string, string>> = {
  'walk ibv_open_device query_device':
    'asks for nothing, to be told ENOSPC: so the library learns that commands travel inside the ioctl',
};
/** What has no command of its own without the ioctl: GET_CONTEXT by write makes the channel as well, a GID is read from sysfs. */
const BEFORE_IOCTL = ['device.get_context', 'device.query_gid_entry'];
/** Functions whose row has calls, and which make none here. */
const SILENT: Readonly<Record<string, string>> = {
  ibv_post_recv: 'rxe has the queue mapped',
  ibv_post_srq_recv: 'rxe has the queue mapped',
  ibv_poll_cq: 'rxe has the queue mapped',
};
/** What the header's functions, which the recorder cannot see in programs of others, and newer ones come to. */
const UNNAMED = ['post_send', 'query_device_ex', 'device.query_port', 'device.query_gid_entry', 'req_notify_cq'];

it('is of programs that ran to their end', () => {
  expect(recording.origin).toMatchObject({ library: 'libibverbs 44.0-2', driver: 'rxe' });
  const names = ['asyncwatch', 'devinfo', 'rc_pingpong', 'srq_pingpong', 'uc_pingpong', 'ud_pingpong', NEW, OLD];
  expect([...programs.keys()].toSorted()).toEqual(names);
  for (const [name, calls] of programs)
    // It waits for events until it is killed.
    if (name !== 'asyncwatch') expect([name, calls.at(-1)?.function]).toEqual([name, 'ibv_close_device']);
});

describe('each message', () => {
  const messages = recording.calls.filter(isMessage);

  it('has a name for everything in it', () => {
    expect(messages.length).toBeGreaterThan(200);
    const unknown = messages.flatMap((call, n) =>
      unknownIn({ n, ...call }, abi).map((what) => `${call.program}: ${what}`),
    );
    expect(unknown).toEqual([]);
  });

  it('has bytes of the driver only where driver data belong', () => {
    const places = new Set<string>();
    for (const { call, request, sent = [] } of messages) {
      if (call !== 'ioctl') continue;
      const { name, attributes } = abi.decode(Number(request), bytesOf(sent[0] ?? ''));
      for (const attribute of attributes)
        if (attribute.name.startsWith('UHW_')) places.add(`${name} ${attribute.name}`);
    }
    expect([...places].toSorted()).toEqual([
      'cq.create UHW_OUT',
      'device.invoke_write(create_ah) UHW_OUT',
      'device.invoke_write(modify_srq) UHW_IN',
      'device.invoke_write(resize_cq) UHW_OUT',
      'qp.create UHW_OUT',
      'srq.create UHW_OUT',
    ]);
  });

  it('by write has the length that its header tells, and room for the response that the tables know', () => {
    const written = messages.filter(({ call }) => call === 'write');
    expect(written.length).toBeGreaterThan(80);
    for (const { sent = [], answer } of written) {
      const bytes = Buffer.from(sent[0] ?? '', 'hex');
      const command = tables.commands.find(({ number, extended }) => !extended && number === bytes.readUInt32LE(0));
      const [words, room] = [bytes.readUInt16LE(4), bytes.readUInt16LE(6)];
      expect([command?.name, 4 * words]).toEqual([command?.name, bytes.length]);
      if (!answer.startsWith('-')) expect([command?.name, answer]).toEqual([command?.name, String(bytes.length)]);
      const spare = 4 * room - (command?.response.bytes ?? 0);
      expect([command?.name, command?.driverData === 'both' ? Math.min(spare, 0) : spare]).toEqual([command?.name, 0]);
    }
  });
});

describe('each function', () => {
  /** What a call is by itself: its method, or the one that the command does the same as. */
  const same = (word: string): string => {
    const command = tables.commands.find(({ name }) => name === word);
    const method = tables.methods.find(({ object, name }) => `${object}.${name}` === word);
    return command?.serves ?? command?.like ?? method?.serves ?? word;
  };
  const rows = spec.library.filter(({ calls }) => calls.uverbs.length > 0);

  it.each([NEW, OLD])('makes the calls of its row, as %s has them', (program) => {
    const calls = programs.get(program) ?? [];
    const words = wordsOf(calls, abi).map((word) => (program === OLD ? same(word) : word));
    const silent: string[] = [];
    for (const { function: name, calls: row } of rows) {
      const wanted = program === OLD ? row.uverbs.filter((word) => !BEFORE_IOCTL.includes(word)).map(same) : row.uverbs;
      if (wanted.length === 0) continue;
      const made = words.filter((_, at) => calls[at]?.function === name);
      const known = made.filter((word) => FURTHER[`${program} ${name} ${word}`] === undefined);
      if (made.length === 0) {
        silent.push(name);
      } else {
        expect(known.length % wanted.length).toBe(0);
        expect([name, known]).toEqual([name, known.map((_, at) => wanted[at % wanted.length])]);
      }
    }
    expect(silent.toSorted()).toEqual(Object.keys(SILENT).toSorted());
  });

  it('makes no call where its row has none', () => {
    const quiet = new Set(spec.library.filter(({ calls }) => calls.uverbs.length === 0).map((row) => row.function));
    expect(recording.calls.filter(({ function: name = '' }) => quiet.has(name))).toEqual([]);
  });

  it('of the programs of others makes calls of its row as well', () => {
    for (const [program, calls] of programs) {
      if (program === NEW || program === OLD) continue;
      const words = wordsOf(calls, abi);
      for (const [at, { function: name }] of calls.entries()) {
        const row = rows.find((one) => one.function === name)?.calls.uverbs ?? UNNAMED;
        const word = words[at] ?? '';
        expect([program, name, row.includes(word) || FURTHER[`${NEW} ${name ?? ''} ${word}`] !== undefined]).toEqual([
          program,
          name,
          true,
        ]);
      }
    }
  });
});
