/**
 * What connecting queue pairs costs in calls: a create and three modifies for each, one by one; the same in one call that
 * carries the attributes of modify; and the four as a chain, which waits for the create, since a chain cannot name what it
 * makes. Behind the emulator's contract, where each call waits for its answer. Each round opens a file, makes what queue pairs
 * need, connects 64 of them and closes the file. What is measured is the built code, as in dispatch.bench.ts. Figures are in note 0161.
 */
import { createRequire } from 'node:module';
import { bench, describe } from 'vitest';
import type { Encoded, Value } from '../../spec/abi/abi.ts';
import type { Process } from '../backend.ts';

const built = createRequire(new URL('../../build/backends/emulator/', import.meta.url));
const { emulator } = built('./backend.js') as typeof import('./backend.ts');
const { CHAINS } = built('../../spec/abi/uapi/chain.js') as typeof import('../../spec/abi/uapi/chain.ts');
const { uapi } = built('../../spec/abi/uapi/uapi.js') as typeof import('../../spec/abi/uapi/uapi.ts');
const { projectSpec } = built('../../spec/project_spec.js') as typeof import('../../spec/project_spec.ts');

const QUEUE_PAIRS = 64;
const IN_ONE_CHAIN = 32;
/** Where the header of a message has the object id. */
const OBJECT_ID = 4;

const abi = uapi(projectSpec());
type Attributes = Readonly<Record<string, Value>>;

const CREATED: Attributes = {
  pd: 1,
  send_cq: 1,
  recv_cq: 1,
  cap: { max_send_wr: 4, max_recv_wr: 4, max_send_sge: 1, max_recv_sge: 1, max_inline_data: 0 },
};
/** What the three modifies of an RC queue pair need, in their order. */
const STEPS: readonly Attributes[] = [
  { state: 'INIT', pkey_index: 0, port: 1, access_flags: ['REMOTE_WRITE'] },
  {
    state: 'RTR',
    path_ib: { dlid: 2, port: 1 },
    path_mtu: 'MTU_1024',
    dest_qpn: 17,
    rq_psn: 1,
    max_dest_rd_atomic: 1,
    min_rnr_timer: 12,
  },
  { state: 'RTS', timeout: 14, retry_cnt: 7, rnr_retry: 6, sq_psn: 1, max_qp_rd_atomic: 1 },
];

const CREATE = 'create';
const encoded = (method: string, attributes: Attributes, on?: number): Encoded =>
  abi.encode(abi.draft({ object: 'qp', variant: 'RC', method, attributes, ...(on === undefined ? {} : { on }) }));

const PD = abi.encode(abi.draft({ object: 'pd', method: CREATE, attributes: {} }));
const CQ = abi.encode(abi.draft({ object: 'cq', method: CREATE, attributes: { cqe: 16, comp_vector: 0 } }));
const ALONE = encoded(CREATE, CREATED);
const WHOLE = encoded(CREATE, Object.assign({}, CREATED, ...STEPS) as Attributes);
const MODIFIES = STEPS.map((step) => encoded('modify', step, 1));

/** The bytes of a message about another object, before it is answered, which happens in place. */
function about({ request, regions, patches }: Encoded, objectId: number): Encoded {
  const bytes = (regions[0]?.bytes ?? new Uint8Array(0)).slice();
  new DataView(bytes.buffer).setUint32(OBJECT_ID, objectId, true);
  return { request, regions: [{ bytes }], patches };
}

/** One open file in which queue pairs are connected. */
class Round {
  readonly #process: Process;
  readonly #fd: number;

  constructor(process: Process, fd: number) {
    this.#process = process;
    this.#fd = fd;
  }

  async send(message: Encoded): Promise<void> {
    if (!(await this.#process.ioctl({ fd: this.#fd, ...message })).ok) throw new Error('refused');
  }

  /** The handle of what a create makes. */
  async make(message: Encoded): Promise<number> {
    const mine = about(message, 0);
    await this.send(mine);
    const bytes = mine.regions[0]?.bytes ?? new Uint8Array(0);
    return new DataView(bytes.buffer).getUint32(OBJECT_ID, true);
  }
}

const times = <T>(count: number, item: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => item(i));

const WAYS: Readonly<Record<string, (round: Round) => Promise<void>>> = {
  'nothing connected': () => Promise.resolve(),
  'a create and three modifies, one by one': async (round) => {
    for (let count = 0; count < QUEUE_PAIRS; count += 1) {
      const handle = await round.make(ALONE);
      for (const modify of MODIFIES) await round.send(about(modify, handle));
    }
  },
  'one create with the attributes of modify': async (round) => {
    for (let count = 0; count < QUEUE_PAIRS; count += 1) await round.make(WHOLE);
  },
  'a create and a chain of three modifies': async (round) => {
    for (let count = 0; count < QUEUE_PAIRS; count += 1) {
      const handle = await round.make(ALONE);
      await round.send(CHAINS.join(MODIFIES.map((modify) => about(modify, handle))));
    }
  },
  'chains of 32 creates and of their modifies': async (round) => {
    for (let count = 0; count < QUEUE_PAIRS; count += IN_ONE_CHAIN) {
      await round.send(CHAINS.join(times(IN_ONE_CHAIN, () => about(ALONE, 0))));
      // The lowest free handles of a fresh file, counted from 1; a program would read them from the chain.
      const handles = times(IN_ONE_CHAIN, (index) => count + index + 1);
      await round.send(CHAINS.join(handles.flatMap((handle) => MODIFIES.map((modify) => about(modify, handle)))));
    }
  },
  'chains of 32 creates with the attributes of modify': async (round) => {
    for (let count = 0; count < QUEUE_PAIRS; count += IN_ONE_CHAIN)
      await round.send(CHAINS.join(times(IN_ONE_CHAIN, () => about(WHOLE, 0))));
  },
};

describe('connecting 64 queue pairs', async () => {
  const process = await emulator({ spec: projectSpec(), model: 'verbs', seed: 1, abi: 'uapi' }).process();
  for (const [name, way] of Object.entries(WAYS))
    bench(name, async () => {
      const opened = await process.open('/dev/infiniband/uverbs0');
      const fd = opened.ok ? opened.value : -1;
      const round = new Round(process, fd);
      await round.make(PD);
      await round.make(CQ);
      await way(round);
      await process.close(fd);
    });
});
