/** The published messages, byte for byte. */
import { Then } from '@cucumber/cucumber';
import { hex } from '../client/recorder.ts';
import type { RdmaWorld } from '../support/world.ts';

const WILD = '??';

Then('every vector is answered as it says', async function (this: RdmaWorld) {
  for (const vector of this.spec.vectors) {
    const context = await this.client.open();
    const bytes = new Uint8Array(Buffer.from(vector.sent, 'hex'));
    const result = await context.send({ request: vector.request, regions: [{ bytes, guard: true }], patches: [] });
    this.check(vector.name, result.answer === vector.answer, vector.answer, result.answer, result);
    const wanted = vector.received ?? vector.sent;
    const got = hex(result.after);
    this.check(`${vector.name}: bytes`, matches(wanted, got), wanted, got, result);
  }
});

/** Equal but for the bytes the implementation chooses. */
function matches(wanted: string, got: string): boolean {
  if (wanted.length !== got.length) return false;
  for (let at = 0; at < wanted.length; at += 2) {
    const byte = wanted.slice(at, at + 2);
    if (byte !== WILD && byte !== got.slice(at, at + 2)) return false;
  }
  return true;
}
