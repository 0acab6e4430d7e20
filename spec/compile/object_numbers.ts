/** Class ids, attribute ids and method numbers: in range, and none given twice. */
import type { Place } from '../model.ts';
import type { Report } from '../problem.ts';
import { VERBS, type ObjectSource } from './object_table.ts';
import type { YamlFile } from './yaml_file.ts';

/** The driver namespace of class ids and attribute ids. */
const DRIVER = 0x8000;
const LAST_ATTRIBUTE = 63;
const LAST_DRIVER_ATTRIBUTE = 30;
const LAST_METHOD = 127;
const FIRST_NAMED_METHOD = Object.keys(VERBS).length;

/** Numbers given so far and to what; answers the first owner of a number. */
class Given {
  readonly #owners = new Map<number, string>();

  take(number: number, owner: string, what: string, place: Place, report: Report): void {
    const first = this.#owners.get(number);
    if (first === undefined) this.#owners.set(number, owner);
    else report(place, `${what} ${shown(number)} already belongs to \`${first}\`; numbers are never shared or reused`);
  }
}

/** Checks the ids of all tables together, in the order of their files. */
export function checkNumbers(tables: readonly { yaml: YamlFile; source: ObjectSource }[], report: Report): void {
  const classes = new Given();
  for (const { yaml, source } of tables) {
    const { object, uapi } = source;
    const ids = typeof uapi === 'number' ? [['', uapi] as const] : Object.entries(uapi);
    for (const [variant, id] of ids) {
      const place = yaml.at(variant === '' ? ['uapi'] : ['uapi', variant]);
      const [low, high] = source.driver === true ? [DRIVER, 2 * DRIVER - 1] : [1, DRIVER - 1];
      if (id < low || id > high) report(place, `class id ${shown(id)} is outside ${shown(low)} to ${shown(high)}`);
      classes.take(id, variant === '' ? object : `${object} ${variant}`, 'class id', place, report);
    }
    checkAttributeIds(yaml, source, report);
    checkMethodNumbers(yaml, source, report);
  }
}

function checkAttributeIds(yaml: YamlFile, source: ObjectSource, report: Report): void {
  const given = new Given();
  for (const [name, { id }] of Object.entries(source.attributes)) {
    const place = yaml.at(['attributes', name, 'id']);
    const common = id >= 1 && id <= LAST_ATTRIBUTE;
    const driver = source.driver === true && id >= DRIVER && id <= DRIVER + LAST_DRIVER_ATTRIBUTE;
    if (!common && !driver) {
      const ranges = `1 to ${String(LAST_ATTRIBUTE)}, or in a driver table ${shown(DRIVER)} to ${shown(DRIVER + LAST_DRIVER_ATTRIBUTE)}`;
      report(place, `attribute id ${shown(id)} is outside ${ranges}`);
    }
    given.take(id, name, 'attribute id', place, report);
  }
}

function checkMethodNumbers(yaml: YamlFile, source: ObjectSource, report: Report): void {
  const given = new Given();
  for (const [name, { number }] of Object.entries(source.methods)) {
    const place = yaml.at(['methods', name, 'number']);
    const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
    if (verb !== undefined) {
      if (number !== undefined && number !== verb) report(place, `\`${name}\` always has the number ${String(verb)}`);
    } else if (number === undefined) {
      report(
        yaml.atKey(['methods', name]),
        `\`${name}\` needs a \`number\`; only ${Object.keys(VERBS).join(', ')} go without`,
      );
    } else if (number < FIRST_NAMED_METHOD || number > LAST_METHOD) {
      report(
        place,
        `method number ${String(number)} is outside ${String(FIRST_NAMED_METHOD)} to ${String(LAST_METHOD)}`,
      );
    } else {
      given.take(number, name, 'method number', place, report);
    }
  }
}

function shown(number: number): string {
  return number >= DRIVER ? `0x${number.toString(16)}` : String(number);
}
