/** Faults that the implementation reports of itself. */
import { Then, When } from '@cucumber/cucumber';
import { DAMAGE_NAMES } from '../../spec/abi/damage_names.ts';
import { inChains } from '../client/chains.ts';
import { damaged } from '../client/damaged.ts';
import { specimensOf } from '../client/specimens.ts';
import { soundness } from '../support/sweep.ts';
import type { RdmaWorld } from '../support/world.ts';

When('every method is called with every malformation', async function (this: RdmaWorld) {
  const { client } = this;
  for (const name of DAMAGE_NAMES) {
    const damage = client.session.abi.damage[name];
    if (damage === undefined) continue;
    // What damaged calls leave behind would fill the device.
    const context = await client.open();
    await inChains(specimensOf(context), (specimen) => damaged(context, specimen, damage));
    await context.close();
  }
});

Then('the implementation reports no fault of its own', async function (this: RdmaWorld) {
  soundness(this, await this.client.reset(), true);
});
