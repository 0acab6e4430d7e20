/** Names for files made with `createData`. */
import { relative, sep } from 'node:path';
import type { LoadContext } from '@docusaurus/types';

/**
 * What a route is to call such a file. `createData` gives its path on this machine, which would otherwise be in the
 * scripts of every page, and would name the files of the site after it.
 */
export function generated({ generatedFilesDir }: LoadContext, path: string): string {
  return `@generated/${relative(generatedFilesDir, path).split(sep).join('/')}`;
}
