/** Objects of consumers inside the kernel beside address handles: what storage protocols rest on. */
import { Then } from '@cucumber/cucumber';
import { KernelVerbs } from '../client/kernel_verbs.ts';
import { limitOf } from '../client/limits.ts';
import { Refused } from '../client/things.ts';
import type { RdmaWorld } from '../support/world.ts';

/** Pages of a region: what storage protocols ask for where a device has them, in powers of two. */
const PAGES = [1, 16, 256];
const MANY = 8;

Then('a consumer in the kernel gets completion queues and is rid of them again', async function (this: RdmaWorld) {
  const verbs = new KernelVerbs(this.context());
  const vectors = await limitOf(this.context(), 'comp_vectors');
  for (const [cqe, comp_vector] of [
    [1, 0],
    [128, 0],
    [17, Math.max(0, vectors - 1)],
  ] as const) {
    const { answer, handle, numbers } = await verbs.create('cq', { cqe, comp_vector });
    const name = `cqe ${String(cqe)} vector ${String(comp_vector)}`;
    const granted = (numbers['cqe'] ?? 0) >= cqe;
    this.check(name, answer === '0' && granted, 'enough entries', answer === '0' && !granted ? 'too few' : answer);
    const gone = answer === '0' ? await verbs.destroy('cq', handle) : answer;
    this.check(`${name} destroyed`, gone === '0', '0', gone);
  }
});

Then('a completion queue of the kernel that is in use stays', async function (this: RdmaWorld) {
  const verbs = new KernelVerbs(this.context());
  const [pd, cq, other] = [await verbs.make('pd'), await verbs.make('cq'), await verbs.make('cq')];
  const qp = await verbs.make('qp', { ...verbs.queuePair(pd, cq), recv_cq: other });
  const errnos = this.errnosOf(this.clause.id);
  for (const [name, on] of [
    ['send', cq],
    ['receive', other],
  ] as const) {
    const refused = await verbs.destroy('cq', on);
    this.check(`${name} queue in use`, errnos.includes(refused), errnos.join(' or '), refused);
  }
  await verbs.destroy('qp', qp);
  for (const [name, on] of [
    ['send', cq],
    ['receive', other],
  ] as const) {
    const gone = await verbs.destroy('cq', on);
    this.check(`${name} queue afterwards`, gone === '0', '0', gone);
  }
});

Then('a consumer in the kernel gets queue pairs with numbers of their own', async function (this: RdmaWorld) {
  const verbs = new KernelVerbs(this.context());
  const [pd, cq] = [await verbs.make('pd'), await verbs.make('cq', { cqe: 128 })];
  const judged = !this.client.session.capabilities.has('port-iwarp');
  const numbers = new Set<number>();
  for (let one = 1; one <= MANY; one += 1) {
    const { answer, handle, numbers: told } = await verbs.create('qp', verbs.queuePair(pd, cq));
    const state = answer === '0' && judged ? await verbs.stateOf(handle) : answer;
    const begins = judged ? 'RESET' : '0';
    this.check(`queue pair ${String(one)}`, state === begins, begins, state);
    const qpn = told['qpn'] ?? 0;
    this.check(`number ${String(one)}`, !numbers.has(qpn), 'its own', numbers.has(qpn) ? 'one of another' : 'its own');
    numbers.add(qpn);
  }
});

Then('a queue pair of the kernel in {state} can be destroyed', async function (this: RdmaWorld, state: string) {
  const verbs = new KernelVerbs(this.context());
  const [pd, cq] = [await verbs.make('pd'), await verbs.make('cq')];
  const qp = await verbs.make('qp', verbs.queuePair(pd, cq));
  await verbs.bring(qp, state);
  const gone = await verbs.destroy('qp', qp);
  this.check('destroy', gone === '0', '0', gone);
  const again = await verbs.destroy('qp', qp);
  this.check('destroyed again', again === 'ENOENT', 'ENOENT', again);
  const freed = [await verbs.destroy('cq', cq), await verbs.destroy('pd', pd)].join(' ');
  this.check('what it used', freed === '0 0', '0 0', freed);
});

Then('the kernel moves queue pairs out of {state} as the table has it', async function (this: RdmaWorld, from: string) {
  const verbs = new KernelVerbs(this.context());
  const [pd, cq] = [await verbs.make('pd'), await verbs.make('cq')];
  for (const { name, to, bits } of verbs.moves(from, 'accepted')) {
    const qp = await verbs.make('qp', verbs.queuePair(pd, cq));
    await verbs.bring(qp, from);
    const answer = await verbs.modify(qp, from, to, bits);
    const got = answer === '0' ? await verbs.stateOf(qp) : answer;
    this.check(name, got === to, to, got);
    await verbs.destroy('qp', qp);
  }
});

Then('the kernel refuses moves out of {state} that the table has not', async function (this: RdmaWorld, from: string) {
  const verbs = new KernelVerbs(this.context());
  const [pd, cq] = [await verbs.make('pd'), await verbs.make('cq')];
  const errnos = this.errnosOf(this.clause.id);
  for (const kind of ['required', 'foreign', 'illegal'] as const) {
    for (const { name, to, bits } of verbs.moves(from, kind)) {
      const qp = await verbs.make('qp', verbs.queuePair(pd, cq));
      await verbs.bring(qp, from);
      const answer = await verbs.modify(qp, from, to, bits);
      const state = await verbs.stateOf(qp);
      const good = errnos.includes(answer) && state === from;
      this.check(name, good, `${errnos.join(' or ')}, ${from}`, `${answer}, ${state}`);
      await verbs.destroy('qp', qp);
    }
  }
});

Then('a consumer in the kernel gets memory regions and is rid of them again', async function (this: RdmaWorld) {
  const verbs = new KernelVerbs(this.context());
  const pd = await verbs.make('pd');
  const made: { readonly name: string; readonly handle: number }[] = [];
  for (const pages of [...PAGES, ...PAGES]) {
    const { answer, handle } = await verbs.create('mr', { pd, max_num_sg: pages });
    const name = `region ${String(made.length + 1)} of ${String(pages)} pages`;
    this.check(name, answer === '0', '0', answer);
    made.push({ name, handle });
  }
  for (const { name, handle } of made) {
    const gone = await verbs.destroy('mr', handle);
    this.check(`${name} given back`, gone === '0', '0', gone);
  }
});

Then('memory regions of the kernel have keys of their own', async function (this: RdmaWorld) {
  const verbs = new KernelVerbs(this.context());
  const pd = await verbs.make('pd');
  const keys = new Set<number>();
  for (let one = 1; one <= MANY; one += 1) {
    const made = await verbs.create('mr', { pd, max_num_sg: 16 });
    if (made.answer !== '0') throw new Refused('kernel-mr', made);
    const key = made.numbers['rkey'] ?? 0;
    const taken = keys.has(key);
    this.check(`region ${String(one)}`, !taken, 'a key of its own', taken ? 'the key of another' : 'a key of its own');
    keys.add(key);
  }
});

Then(
  'a domain of the kernel is in use as long as there is a {word} of it',
  async function (this: RdmaWorld, object: string) {
    const verbs = new KernelVerbs(this.context());
    const pd = await verbs.make('pd');
    const uses = object === 'qp' ? verbs.queuePair(pd, await verbs.make('cq')) : { pd, max_num_sg: 16 };
    const [one, other] = [await verbs.make(object, uses), await verbs.make(object, uses)];
    for (const [name, on] of [
      ['with two', one],
      ['with one', other],
    ] as const) {
      const refused = await verbs.destroy('pd', pd);
      this.check(name, refused === 'EBUSY', 'in use', refused === '0' ? 'free' : refused);
      await verbs.destroy(object, on);
    }
    const freed = await verbs.destroy('pd', pd);
    this.check('with none', freed === '0', 'free', freed === 'EBUSY' ? 'in use' : freed);
  },
);

Then('the kernel gets nothing beyond what the device says it has', async function (this: RdmaWorld) {
  const verbs = new KernelVerbs(this.context());
  const limit = (name: string): Promise<number> => limitOf(this.context(), name);
  const [pd, cq] = [await verbs.make('pd'), await verbs.make('cq')];
  const [cqe, wr, sge] = [await limit('max_cqe'), await limit('max_qp_wr'), await limit('max_sge')];
  const errnos = this.errnosOf(this.clause.id);
  for (const [name, object, attributes] of [
    ['a completion queue without entries', 'cq', { cqe: 0 }],
    ['a completion queue above max_cqe', 'cq', { cqe: cqe + 1 }],
    ['sends above max_qp_wr', 'qp', verbs.queuePair(pd, cq, { max_send_wr: wr + 1 })],
    ['receives above max_qp_wr', 'qp', verbs.queuePair(pd, cq, { max_recv_wr: wr + 1 })],
    ['pieces of a send above max_sge', 'qp', verbs.queuePair(pd, cq, { max_send_sge: sge + 1 })],
    ['pieces of a receive above max_sge', 'qp', verbs.queuePair(pd, cq, { max_recv_sge: sge + 1 })],
  ] as const) {
    const { answer, handle } = await verbs.create(object, attributes);
    this.check(name, errnos.includes(answer), errnos.join(' or '), answer);
    if (answer === '0') await verbs.destroy(object, handle);
  }
  const free = [await verbs.destroy('cq', cq), await verbs.destroy('pd', pd)].join(' ');
  this.check('what the refused ones named', free === '0 0', 'free', free);
});
