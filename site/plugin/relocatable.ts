/**
 * Makes the built folder work below any path and from any static server. Docusaurus can only build for one path, so it
 * builds for a made-up one, and afterwards whatever names it is replaced: in pages and style sheets by relative paths, in
 * scripts by an expression that is worked out when a page is opened. The build fails where something cannot be moved.
 *
 * It must be the last plugin: it reads what the others have written when it is its turn, before anything is awaited.
 */
import type { LoadContext, Plugin } from '@docusaurus/types';
import { relocateFolder } from './relocation/folder.ts';

export { BASE, HOST } from './relocation/marker.ts';

export function relocatable({ siteDir }: LoadContext): Plugin {
  return {
    name: 'relocatable',
    postBuild: ({ outDir }) => {
      relocateFolder(outDir, siteDir);
      return Promise.resolve();
    },
  };
}
