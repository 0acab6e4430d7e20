/** The checks of the site: its plugins, and the built folder in a browser. Run from the root: `npm run site:browser`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['site/plugin/**/*.test.ts', 'site/browser/**/*.test.ts'],
    // One browser at a time: two would only take turns.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
  },
});
