import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentOf, GOLDEN, inputOf, SCENARIOS } from './fixture.ts';
import { VIEWS } from './formats.ts';

const document = documentOf(SCENARIOS);

/** What other tools read is public: a change of its form must show in the difference of a committed file. */
describe('the golden forms, made anew by `npm run golden`', () => {
  it('of the result they are made from', async () => {
    await expect(`${JSON.stringify(document, undefined, 2)}\n`).toMatchFileSnapshot(join(GOLDEN, 'result.json'));
  });

  it.each(VIEWS)('of $id', async ({ id, load }) => {
    const { render } = await load();
    await expect(render(inputOf(document))).toMatchFileSnapshot(join(GOLDEN, `result.${id}`));
  });

  it.each(VIEWS)('of $id have their mark in their first bytes', async ({ mark, load }) => {
    const { render } = await load();
    expect(render(inputOf(document)).slice(0, 200)).toContain(mark);
  });
});
