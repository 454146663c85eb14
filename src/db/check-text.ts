// The database compares addresses in lower case: one that knows only the letters A to Z would take ÅSA@ and åsa@ for two people.
import type pg from 'pg'
import { StartupError } from './startup-error.ts'

/** Throws a StartupError where the database does not keep Unicode, or does not know which of its letters are the same in either case. */
export async function checkText(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; encoding: string }>(
    'select current_database() as name, getdatabaseencoding() as encoding',
  )
  const { name, encoding } = rows[0] as (typeof rows)[number]
  if (encoding !== 'UTF8') throw refused(name, `keeps text as ${encoding}, not as UTF8`)
  const lower = await client.query<{ letters: string }>(`select lower('ÅΜЖ') as letters`)
  if (lower.rows[0]?.letters !== 'åμж') throw refused(name, 'has a locale (C) that knows no letters but A to Z')
}

function refused(name: string, reason: string): StartupError {
  return new StartupError(
    `The database ${name} ${reason}: make one by createdb --template template0 --encoding UTF8 --locale C.UTF-8 NAME, and point DATABASE_URL at it. Nothing was changed in ${name}.`,
  )
}
