// The migrations as shipped: plain SQL files in three folders, numbered, forward only.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartupError } from './startup-error.ts'

export interface Migration {
  /** 0001_businesses */
  name: string
  sql: string
  sha256: string
}

/** In order of their numbers. */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
  for (const [index, file] of files.entries()) {
    if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(file))
      throw new StartupError(`The migration ${join(folder, file)} should be called 0001_what_it_does.sql.`)
    if (files[index - 1]?.slice(0, 4) === file.slice(0, 4))
      throw new StartupError(`Two migrations in ${folder} have the number ${file.slice(0, 4)}.`)
  }
  return files.map((file) => {
    // A checkout with other line endings is still the same migration.
    const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')
    if (/^\s*(begin|commit|rollback)\s*;/im.test(sql))
      throw new StartupError(`The migration ${join(folder, file)} must not begin or end transactions.`)
    return { name: file.slice(0, -'.sql'.length), sql, sha256: createHash('sha256').update(sql).digest('hex') }
  })
}
