import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['test/support/seed.ts'],
    restoreMocks: true,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // One second is Vitest's own; a busy machine takes longer for what needs a process or a thread.
    expect: {poll: {timeout: 30_000}},
  },
});
