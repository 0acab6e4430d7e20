/** Around every step and scenario: find the clause, turn refused preparation and broken backends into evidence, hand it out. */
import { After, Before, Status, setDefaultTimeout, setDefinitionFunctionWrapper } from '@cucumber/cucumber';
import { BackendError } from '../../backends/backend.ts';
import { scenarioId } from '../../spec/scenario_id.ts';
import type { ErroredKind } from '../../spec/verdict/check.ts';
import { EVIDENCE_TYPE } from '../../spec/verdict/evidence.ts';
import { Refused } from '../client/things.ts';
import { soundness } from './sweep.ts';
import { RdmaWorld } from './world.ts';

// A synchronous block is never timed out by cucumber, so deadlines live in the client.
setDefaultTimeout(-1);

const KINDS: Readonly<Record<BackendError['kind'], ErroredKind>> = {
  crash: 'crash',
  hang: 'hang',
  protocol: 'protocol',
  config: 'protocol',
  resource: 'resource',
};

type Definition = (this: unknown, ...args: unknown[]) => unknown;

setDefinitionFunctionWrapper((definition: Definition) => {
  return async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    if (!(this instanceof RdmaWorld)) return definition.apply(this, args);
    try {
      return await this.client.watchdog.guard(() => Promise.resolve(definition.apply(this, args)));
    } catch (error) {
      if (error instanceof Refused) this.block(error);
      if (error instanceof BackendError)
        this.checks.push({ errored: { kind: KINDS[error.kind], reason: error.message } });
      throw error;
    } finally {
      attachEvidence(this);
    }
  };
});

Before(async function (this: RdmaWorld, { pickle }) {
  await this.client.begin(scenarioId(pickle.uri, pickle.name));
  for (const tag of pickle.tags) {
    const clause = this.spec.clauses[tag.name.slice(1)];
    if (clause !== undefined) this.clause = clause;
  }
});

After(async function (this: RdmaWorld, { result }) {
  const found = await this.client.reset();
  const leaked = Object.entries(found.leaked);
  if (leaked.length > 0) {
    const got = leaked.map(([object, count]) => `${String(count)} ${object}`).join(', ');
    this.check('objects left after close', false, 'none', got, undefined, 'context-close');
  }
  soundness(this, found);
  const told =
    this.client.session.options.trace === 'all' ||
    this.troubled ||
    leaked.length > 0 ||
    (found.complaints ?? []).length > 0 ||
    result?.status === Status.FAILED;
  if (told) this.checks.push({ trace: this.client.recorder.lines() });
});

/** One attachment per step, one line per piece of evidence. */
function attachEvidence(world: RdmaWorld): void {
  if (world.checks.length === 0) return;
  const lines = world.checks.splice(0);
  if (lines.some((item) => 'errored' in item || ('check' in item && !item.check.passed))) world.troubled = true;
  world.attach(lines.map((line) => JSON.stringify(line)).join('\n'), EVIDENCE_TYPE);
}
