import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['spec/**/*.test.ts', 'backends/**/*.test.ts', 'steps/**/*.test.ts', 'runner/**/*.test.ts'],
    benchmark: { include: ['**/*.bench.ts'] },
    testTimeout: 60_000,
    pool: 'threads',
  },
});
