/** Classes of drivers: whoever reads one must learn who answers for it, what it does, and who else has to look at it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../problem.ts';
import type { ObjectSource } from './object_table.ts';
import type { YamlFile } from './yaml_file.ts';

export function checkReview(root: string, yaml: YamlFile, { driver, review }: ObjectSource, report: Report): void {
  if (driver === true && review === undefined)
    report(
      yaml.atKey(['driver']),
      'a class of a driver needs `review`: its owner, the text that says what it does, and who has to review it',
    );
  if (review === undefined) return;
  if (driver !== true) report(yaml.atKey(['review']), '`review` is for classes of drivers');
  if (review.reviewer === review.owner)
    report(yaml.at(['review', 'reviewer']), `${review.reviewer} owns this class, and another has to review it`);
  if (!existsSync(join(root, review.text))) report(yaml.at(['review', 'text']), `there is no file ${review.text}`);
}
