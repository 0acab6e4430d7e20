/**
 * A cucumber plugin, loaded by cucumber from its path: keeps exactly the scenarios that were chosen before the run.
 * Its exports are what cucumber looks for in a plugin module.
 */
import type { CoordinatorContext } from '@cucumber/cucumber/api';

export interface FilterOptions {
  /** `uri:line` of each scenario to keep. */
  readonly keep: readonly string[];
}

export const type = 'plugin';

export function coordinator({ transform, options }: CoordinatorContext<FilterOptions>): void {
  const keep = new Set(options.keep);
  transform('pickles:filter', (pickles) =>
    pickles.filter(({ pickle, location }) => keep.has(`${pickle.uri}:${String(location.line)}`)),
  );
}
