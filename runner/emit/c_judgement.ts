/** The end of an emitted program: what is compared, expected and got, the exit code. */
import type { OutputPlace } from '../../spec/abi/abi.ts';
import type { Clause } from '../../spec/model.ts';
import type { BoundCall } from './bindings.ts';
import { answerName, memoryName } from './c_calls.ts';
import { literal } from './c_words.ts';
import type { Judgement, Look } from './judgement.ts';

export function judgementLines(
  { clause, check }: { readonly clause: Clause; readonly check: { readonly name: string } },
  judged: BoundCall,
  { allowed, look }: Judgement,
): readonly string[] {
  return [
    '\tint fails = 0;',
    '',
    '\tprintf("\\n%s: %s\\n%s\\n",',
    `\t       ${literal(clause.id)},`,
    `\t       ${literal(clause.sentence)},`,
    `\t       ${literal(check.name)});`,
    ...(allowed === undefined ? [] : answerLines(judged, allowed)),
    ...(look === undefined ? [] : lookLines(look)),
    '\tprintf("%s\\n", fails ? "not as expected" : "as expected");',
    '\treturn fails ? 1 : 0;',
  ];
}

function answerLines(judged: BoundCall, allowed: NonNullable<Judgement['allowed']>): readonly string[] {
  const answer = answerName(judged);
  const holds =
    allowed === 'a refusal'
      ? `${answer} < 0`
      : allowed.map((name) => (name === '0' ? `${answer} >= 0` : `${answer} == -${name}`)).join(' || ');
  const words = allowed === 'a refusal' ? allowed : allowed.join(' or ');
  return [
    `\tprintf("expected %s\\ngot      %s\\n", ${literal(words)}, ${answer} < 0 ? error_name(-${answer}) : "0");`,
    `\tfails |= !(${holds});`,
  ];
}

function lookLines(look: Look): readonly string[] {
  if (look.kind === 'value') return valueLines(look);
  const { before, after, places } = look;
  return [
    ...placeTable(places),
    '',
    '\tfor (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {',
    `\t\tunsigned char *was = ${memoryName(before)}[places[i].region] + places[i].offset;`,
    `\t\tunsigned char *is = ${memoryName(after)}[places[i].region] + places[i].offset;`,
    '',
    '\t\tif (memcmp(was, is, places[i].bytes) == 0)',
    '\t\t\tcontinue;',
    '\t\tprintf("expected %s %llu as before\\ngot      %s %llu\\n", places[i].name,',
    '\t\t       (unsigned long long)get(was, places[i].bytes), places[i].name,',
    '\t\t       (unsigned long long)get(is, places[i].bytes));',
    '\t\tfails = 1;',
    '\t}',
  ];
}

function placeTable(places: readonly OutputPlace[]): readonly string[] {
  return [
    '\tstatic const struct { const char *name; int region; size_t offset, bytes; } places[] = {',
    ...places.map(
      ({ name, region, offset, bytes }) =>
        `\t\t{ ${literal(name)}, ${String(region)}, ${String(offset)}, ${String(bytes)} },`,
    ),
    '\t};',
  ];
}

function valueLines({ of, place, least, expected }: Extract<Look, { kind: 'value' }>): readonly string[] {
  const { region, offset, bytes, big, name, words } = place;
  const read = `${big ? 'get_big' : 'get'}(${memoryName(of)}[${String(region)}] + ${String(offset)}, ${String(bytes)})`;
  const known = Object.entries(words ?? {}).map(([word, number]) => `${word} ${String(number)}`);
  const meaning = known.length === 0 ? '' : ` (${known.join(', ')})`;
  const wanted = `${String(expected)}${least ? ' or more' : ''}`;
  return [
    `\tprintf("expected %s %s%s\\ngot      %s %llu\\n", ${literal(name)}, ${literal(wanted)}, ${literal(meaning)},`,
    `\t       ${literal(name)}, (unsigned long long)${read});`,
    `\tfails |= !(${read} ${least ? '>=' : '=='} ${String(expected)}ULL);`,
  ];
}
