/** The checks of the site: its plugins, and the built folder in a browser. Run from the root: `npm run site:browser`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['site/plugin/**/*.test.ts', 'site/browser/**/*.test.ts'],
  },
});
