import { defineConfig } from 'vitest/config'

// `vitest run` is everything but the browser; `vitest run --mode browser` is the browser.
export default defineConfig(({ mode }) => ({
  test: {
    include: mode === 'browser' ? ['tests/browser/**/*.test.ts'] : ['tests/**/*.test.ts'],
    exclude: mode === 'browser' ? [] : ['tests/browser/**'],
    globalSetup: ['tests/support/server.ts', ...(mode === 'browser' ? ['tests/support/chromium.ts'] : [])],
    isolate: false,
    pool: 'forks' as const,
    maxWorkers: '100%',
    testTimeout: mode === 'browser' ? 120_000 : 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
  },
}))
