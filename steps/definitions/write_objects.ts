/** Objects that commands make and methods end, and the reverse. */
import { Then } from '@cucumber/cucumber';
import { commandsOf } from '../client/commands.ts';
import { frameOf, writeFrame } from '../client/native.ts';
import { specimenCall } from '../client/specimens.ts';
import { make, on, tableOf, thingOf } from '../client/things.ts';
import { meansFor } from '../client/means.ts';
import type { RdmaWorld } from '../support/world.ts';

Then('objects go from commands to methods and back', async function (this: RdmaWorld) {
  const context = this.context();
  for (const { command, specimen } of await commandsOf(context)) {
    const { object, variant } = specimen;
    const { instances, methods } = tableOf(this.spec, object);
    if (instances !== 'created') continue;
    if (specimen.creates) {
      const call = await specimenCall(context, specimen);
      const made = await writeFrame(context, command.name, call, frameOf(context, command.name, call));
      // What a device refuses is the business of other clauses.
      if (made.reply === undefined) continue;
      const ended = await context.call(on(thingOf(context, call, {}, made, made.reply), 'destroy'));
      this.check(`made by ${command.name}`, ended.errno === 0, 'ended by its method', ended.answer, ended);
    } else if (methods[specimen.method]?.role === 'destroy') {
      const thing = await make(context, object, variant, {}, await meansFor(context, object, variant));
      const call = on(thing, 'destroy');
      const ended = await writeFrame(context, command.name, call, frameOf(context, command.name, call));
      this.check(`made by its method, ${command.name}`, ended.errno === 0, 'ended', ended.answer, ended);
      const again = await context.call(call);
      // By which errno is the business of other clauses.
      this.check(`gone after ${command.name}`, again.errno !== 0, 'refused', again.answer, again);
    }
  }
});
