import { defineConfig } from 'vitest/config';

/** One browser at a time: inference uses every core. Waits are long, since other programs may use the cores, too. */
const inBrowsers = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  fileParallelism: false,
  expect: { poll: { timeout: 30_000 } },
};
const ENGINES = 'tests/e2e/engines/**/*.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', environment: 'node', include: ['tests/unit/**/*.test.ts'] },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: [ENGINES],
          ...inBrowsers,
        },
      },
      {
        test: {
          name: 'package',
          environment: 'node',
          include: ['tests/frameworks/package.test.ts'],
          ...inBrowsers,
        },
      },
      {
        // They install what they need from npm's registry.
        test: {
          name: 'frameworks',
          environment: 'node',
          include: ['tests/frameworks/frameworks.test.ts'],
          ...inBrowsers,
          testTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'servers',
          environment: 'node',
          include: ['tests/servers/**/*.test.ts'],
          ...inBrowsers,
        },
      },
      {
        test: { name: 'engines', environment: 'node', include: [ENGINES], ...inBrowsers },
      },
    ],
  },
});
