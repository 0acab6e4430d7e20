/** Commands that work on the sources: of use in a clone more than in an installed package. */
import type { Command } from './table.ts';

export const CLONE_COMMANDS: readonly Command[] = [
  {
    name: 'site',
    summary: 'build the reference and the record as a folder of static pages',
    args: [],
    options: [
      { flags: '--out <folder>', meaning: 'where the site goes (default: build/site)' },
      {
        flags: '--results <folder>',
        meaning: 'result documents to show (default: site/results, with fresh ones of the emulator)',
      },
    ],
    examples: ['site', 'site --out /srv/www/rdma'],
    load: () => import('./site.ts'),
  },
  {
    name: 'lint',
    summary: 'check the feature files for what cucumber would silently let pass',
    args: [],
    options: [],
    examples: ['lint'],
    load: () => import('./lint.ts'),
  },
  {
    name: 'site-data',
    summary: 'join the specification and the published results into what the site is drawn from',
    args: [],
    options: [
      { flags: '--results <folder>', meaning: 'the published result documents (default: site/results)' },
      { flags: '--out <folder>', meaning: 'where the view model goes (default: build/site-data)' },
    ],
    examples: ['site-data --results site/results --out build/site-data'],
    load: () => import('./site_data.ts'),
  },
  {
    name: 'compile',
    summary: 'compile the specification to build/spec.json',
    args: [],
    options: [],
    examples: ['compile'],
    load: () => import('./compile.ts'),
  },
];
