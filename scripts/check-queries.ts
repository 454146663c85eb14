// No query names a schema: the pool's search_path chooses test or live, so a query that named one could cross over.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const named = /\b(?:from|join|into|update|table)\s+["']?(?:accounts|test|live|sandbox)["']?\./i
const chosen = /\.withSchema\(|set\s+search_path/i

const found = globSync('src/{core,worker,api,portal,pay,hooks,email,wire,processors}/**/*.{ts,tsx}', { cwd: root })
  .filter((path) => !path.endsWith('.test.ts'))
  .flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        named.test(line) || chosen.test(line) ? [`${path}:${index + 1} names a schema: ${line.trim()}`] : [],
      ),
  )
for (const problem of found) console.error(problem)
process.exit(found.length === 0 ? 0 : 1)
