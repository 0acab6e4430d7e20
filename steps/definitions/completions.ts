/** What completions say, field by field, and what polling does. */
import { Then } from '@cucumber/cucumber';
import { bytesAt } from '../client/buffers.ts';
import type { Thing } from '../client/things.ts';
import { words } from '../client/words.ts';
import { MESSAGE, RECEIVES_AT, poll, take, type Completion } from '../client/work.ts';
import type { RdmaWorld } from '../support/world.ts';

const AREA = 40;
const IMMEDIATE = 0x01020304;
const IP_VERSION_6 = 6;

type Fields = (world: RdmaWorld, completion: Completion) => Readonly<Record<string, number>>;

const flag = (world: RdmaWorld, name: string): number => world.spec.flags['wc_flags']?.[name] ?? 0;
const opcode = (world: RdmaWorld, name: string): number => world.spec.enums['wc_opcode']?.[name] ?? 0;
const payload = (world: RdmaWorld): number => (world.thing('queue pair').variant === 'UD' ? AREA : 0) + MESSAGE;

/** What the fields of the first completion must hold; flags are compared where the words name one. */
const EXPECTATIONS: Readonly<Record<string, Fields>> = {
  'its receive': (world) => ({ status: 0, opcode: opcode(world, 'RECV'), qp_num: world.thing('other queue pair').qpn }),
  'its send': (world) => ({ status: 0, opcode: opcode(world, 'SEND'), qp_num: world.thing('queue pair').qpn }),
  'the length of the message': (world) => ({ byte_len: payload(world) }),
  'its sender': (world) => ({ src_qp: world.thing('queue pair').qpn }),
  'immediate data': () => ({ imm_data: IMMEDIATE }),
};

/** Whether a flag is set in it. */
const FLAGS: Readonly<Record<string, readonly [string, boolean]>> = {
  'that there are immediate data': ['WITH_IMM', true],
  'that there are no immediate data': ['WITH_IMM', false],
  'that there is a GRH': ['GRH', true],
  'that there is no GRH': ['GRH', false],
};

Then(
  'the completion of the {queue} tells {string}',
  async function (this: RdmaWorld, queue: 'send' | 'receive', what: string) {
    const cq =
      queue === 'send' ? this.thing('queue pair').parts['send_cq'] : this.thing('other queue pair').parts['recv_cq'];
    const { result, completions } = await take(cq as Thing, 1);
    const [first] = completions;
    if (first === undefined) {
      this.check('completion', false, 'one', 'none', result);
      return;
    }
    for (const words_ of what.split(', ')) {
      const named = FLAGS[words_];
      if (named !== undefined) {
        const set = (Number(first.record['wc_flags']) & flag(this, named[0])) !== 0;
        this.check(named[0], set === named[1], String(named[1]), String(set), result);
        continue;
      }
      const expected = EXPECTATIONS[words_];
      if (expected === undefined) throw new RangeError(`nothing is called ${words_}`);
      for (const [field, value] of Object.entries(expected(this, first)))
        this.check(field, first.record[field] === value, String(value), words(first.record[field]), result);
    }
  },
);

Then('there is a GRH in front of the payload', async function (this: RdmaWorld) {
  const [first = 0] = await bytesAt(this.thing('other memory region'), RECEIVES_AT, 1);
  this.check('version', first >> 4 === IP_VERSION_6, String(IP_VERSION_6), String(first >> 4));
});

Then('polling its completion queues gives nothing', async function (this: RdmaWorld) {
  const { parts } = this.thing('queue pair');
  for (const name of ['send_cq', 'recv_cq']) {
    const { result, completions } = await poll(parts[name] as Thing);
    this.check(name, completions.length === 0, '0', String(completions.length), result);
  }
});
