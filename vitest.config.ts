import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const full = process.env.PORTICO_TEST_FULL === '1'

/** In the order in which they begin: what takes longest must not be left alone at the end. */
const first = ['/every-page', '/crash-points', '/test/e2e/', '/webhooks.', '/long-history', '/test/cli/']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = first.findIndex((part) => moduleId.includes(part))
      return at === -1 ? first.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    exclude: full ? [] : ['**/*.full.test.ts'],
    globalSetup: './test/support/database-server.ts',
    pool: 'forks',
    // What the files of a process import is read once: no module of ours remembers anything that a test could trip over.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
  },
})
