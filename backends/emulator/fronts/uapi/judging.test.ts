import { describe, expect, it } from 'vitest';
import { anyCall } from '../../../../spec/abi/uapi/any_value.ts';
import { tablesOf } from '../../../../spec/abi/uapi/tables.ts';
import { uapi } from '../../../../spec/abi/uapi/uapi.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import { projectSpec } from '../../../../spec/project_spec.ts';
import { pick, seeded } from '../../../../spec/seeded.ts';
import { BareDevice, modelNamed } from '../../bare_device.ts';
import { classOf } from '../../dispatch_table.ts';
import { MODELS } from '../../models/models.ts';
import { pipelinesOf } from '../../pipelines.ts';
import type { Pipelines, Rule } from '../../rules.ts';
import type { Message } from './message.ts';

const spec = projectSpec();
const abi = uapi(spec);
const tables = tablesOf(spec);
const methods = [...tables.classes.values()].flatMap((info) =>
  [...tables.methodsOf(info).values()].map((found) => ({ info, found })),
);
const sound = pipelinesOf(spec);

/** Those that a device serves. */
function servedBy({ device }: BareDevice): typeof methods {
  return methods.filter(
    ({ info, found }) => classOf(device.table, info.id)?.methods[found.method.number] !== undefined,
  );
}

/** The same rules, each asked of every operation. */
function allAsked(pipelines: Pipelines): Pipelines {
  const bare = ({ clause, apply }: Rule<never>): Rule<never> => ({ clause, apply });
  return Object.fromEntries(Object.entries(pipelines).map(([name, rules]) => [name, rules.map(bare)]));
}

describe.each(Object.keys(MODELS))('rules that are left out on %s', (name) => {
  it('would have refused nothing and changed nothing', () => {
    const random = seeded(11);
    const model = modelNamed(name);
    const [less, all] = [new BareDevice({ model }), new BareDevice({ model, pipelines: allAsked(sound) })];
    const [contextOfLess, contextOfAll] = [less.open(), all.open()];
    const served = servedBy(less);
    let accepted = 0;
    for (let round = 0; round < 6000; round += 1) {
      const { info, found } = pick(random, served);
      const call = anyCall(spec, info, found, random);
      const draft = abi.draft({ ...call, on: random(4) });
      const damage = pick(random, Object.values(abi.damage));
      const targets = damage.targets(draft);
      const wrong = targets.length > 0 && random(2) === 0 ? damage.apply(draft, pick(random, targets)) : draft;
      const [one, other] = [abi.encode(wrong), abi.encode(wrong)];
      const errno = less.send(contextOfLess, one);
      expect(all.send(contextOfAll, other)).toBe(errno);
      if (Buffer.compare(one.regions[0]?.bytes ?? new Uint8Array(), other.regions[0]?.bytes ?? new Uint8Array()) !== 0)
        expect(other).toEqual(one);
      if (errno === 0) accepted += 1;
    }
    expect(accepted).toBeGreaterThan(100);
  });
});

describe('a rule that replaces another', () => {
  const clauses = ['uapi/attributes', 'uapi/objects'].flatMap((name) => (sound[name] ?? []).map((rule) => rule.clause));

  it.each(clauses)('of %s is asked of every operation', (clause) => {
    const asked = new Set<string>();
    const ask = ({ classId, method }: Message): number => (
      asked.add(`${String(classId)}.${String(method)}`),
      ERRNO.EIO
    );
    const silenced = ['uapi/attributes', 'uapi/objects'].map((name) => [
      name,
      (sound[name] ?? []).map((rule) => ({ clause: rule.clause, apply: rule.clause === clause ? ask : () => 0 })),
    ]);
    const bare = new BareDevice({ pipelines: { ...sound, ...(Object.fromEntries(silenced) as Pipelines) } });
    const context = bare.open();
    const served = servedBy(bare);
    for (const { info, found } of served) {
      const call = { object: info.table.object, variant: info.variant, method: found.method.name, attributes: {} };
      expect(bare.errno(context, call)).toBe(ERRNO.EIO);
    }
    expect(asked.size).toBe(served.length);
  });
});
