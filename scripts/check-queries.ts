// Two rules that keep tenants and modes apart. No query names a schema: the pool's search_path chooses test or live, so a query that named
// one could cross over. No fragment of SQL holds an `or` outside of parentheses: what stands before it, such as whose rows these are, would
// not bind what follows it.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const named = /\b(?:from|join|into|update|table)\s+["']?(?:accounts|test|live|sandbox)["']?\./i
const chosen = /\.withSchema\(|set\s+search_path/i
const fragment = /\bsql(?:<[^>`]*>)?`([^`]*)`/g

const files = globSync('src/{core,worker,api,portal,pay,hooks,email,wire,processors}/**/*.{ts,tsx}', { cwd: root })
const found = files
  .filter((path) => !path.endsWith('.test.ts'))
  .flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return [...namedSchemas(path, text), ...looseOrs(path, text)]
  })
for (const problem of found) console.error(problem)
process.exit(found.length === 0 ? 0 : 1)

function namedSchemas(path: string, text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      named.test(line) || chosen.test(line) ? [`${path}:${index + 1} names a schema: ${line.trim()}`] : [],
    )
}

function looseOrs(path: string, text: string): string[] {
  return [...text.matchAll(fragment)].flatMap(({ 1: sql = '', index }) => {
    const line = text.slice(0, index).split('\n').length
    return hasLooseOr(sql) ? [`${path}:${line} holds an or outside of parentheses: ${sql.trim().split('\n')[0]}`] : []
  })
}

function hasLooseOr(sql: string): boolean {
  let depth = 0
  for (const [word] of sql.matchAll(/[()]|\bor\b/gi)) {
    if (word === '(') depth += 1
    else if (word === ')') depth -= 1
    else if (depth === 0) return true
  }
  return false
}
