import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '**/dist/**', '.cache/**', 'e2e/**'];
const compliance = ['**/*.compliance.test.ts'];
const boundaries = ['scripts/boundaries.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    // Two cores are all a small machine has, and the tests start real hosts of their own.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['**/*.test.{ts,tsx}'], exclude: [...ignored, ...compliance, ...boundaries] },
      },
      { extends: true, test: { name: 'boundaries', include: boundaries } },
      {
        extends: true,
        test: { name: 'compliance', include: compliance, exclude: ignored, testTimeout: 300_000, hookTimeout: 300_000 },
      },
    ],
  },
});
