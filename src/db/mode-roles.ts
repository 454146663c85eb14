// Each mode's pool runs as a role that may use its own schema and not the other mode's, so that a slip in one mode cannot touch the other.
import pg from 'pg'
import { type ModeSchema, modeSchemas, searchPathOf } from './schemas.ts'

/** Empty where the connecting role may not create roles: then the search path alone keeps the modes apart. */
export type ModeRoles = Partial<Record<ModeSchema, string>>

/** Roles belong to the whole server; two databases of one server share them, and each database grants its own schemas. */
export async function ensureModeRoles(client: pg.Client): Promise<ModeRoles> {
  const roles: ModeRoles = {}
  for (const schema of modeSchemas) {
    const role = `portico_${schema}`
    if (!(await canBecome(client, role)) && !(await makeRole(client, role))) return {}
    roles[schema] = role
  }
  return roles
}

/** After every migration: new tables belong to the owner until they are granted. */
export async function grantModeRoles(client: pg.Client, roles: ModeRoles): Promise<void> {
  for (const schema of modeSchemas) {
    const role = roles[schema]
    if (role === undefined) continue
    for (const own of searchPathOf(schema)) {
      await client.query(`grant usage on schema ${own} to ${role}`)
      await client.query(`grant select, insert, update, delete on all tables in schema ${own} to ${role}`)
      await client.query(`grant usage, select on all sequences in schema ${own} to ${role}`)
    }
  }
}

/** Whether a mode's role lacks what it needs, as after a restore under another user. */
export async function lacksGrants(client: pg.Client, roles: ModeRoles): Promise<boolean> {
  for (const schema of modeSchemas) {
    const role = roles[schema]
    if (role === undefined) continue
    const { rows } = await client.query<{ lacking: boolean }>(
      `select bool_or(not has_schema_privilege($1, n.oid, 'usage') or not has_table_privilege($1, c.oid, 'delete')) as lacking
         from pg_namespace n join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p', 'v')
        where n.nspname = any ($2)`,
      [role, searchPathOf(schema)],
    )
    if (rows[0]?.lacking) return true
  }
  return false
}

async function canBecome(client: pg.Client, role: string): Promise<boolean> {
  // Before version 16 being a member was enough to become one.
  const { rows } = await client.query<{ can: boolean }>(
    `select coalesce(pg_has_role(current_user, oid,
       case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end), false) as can
       from pg_roles where rolname = $1`,
    [role],
  )
  return rows[0]?.can ?? false
}

/** Several processes may do this at once, in different databases of one server; who comes second finds it done. */
async function makeRole(client: pg.Client, role: string): Promise<boolean> {
  await tryTo(client, `create role ${role} nologin`)
  if (await canBecome(client, role)) return true
  await tryTo(client, `grant ${role} to current_user`)
  return canBecome(client, role)
}

async function tryTo(client: pg.Client, statement: string): Promise<void> {
  try {
    await client.query(statement)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
  }
}
