// Taking due rows: `for update skip locked`, a lease, and a fencing token, so that any number of workers share the work, a crashed one's
// comes back when its lease ends, and one that slept past it cannot commit (see inTransaction).

import { sql } from 'kysely'
import type { Claim, Ctx } from '#src/context.ts'

export interface Claimable {
  table: Claim['table']
  /** Primary key columns besides business_id. */
  key: readonly string[]
  /** The column that says when the row is due; null where nothing is. */
  due: string
  /** Whose time `due` is told in. */
  clock: 'business' | 'wall'
  /** Further condition, in SQL. */
  where?: string
  /** Its rows belong to no business: the table has no `business_id`. */
  unowned?: boolean
  /** How many rows of one business may be held at once; businesses then take turns. */
  per_business?: number
  /** Most rows of one business that are taken at once, to be worked on together. */
  together?: number
}

export interface ClaimedRow {
  /** Undefined where the row belongs to no business. */
  business_id: string | undefined
  key: Record<string, string>
  claim: Claim
}

const LEASE = Temporal.Duration.from({ minutes: 2 })
/** So many rows say whose turn it is. */
const OLDEST = 20

/** Up to `limit` due rows, oldest first; with what else is due of their businesses, where rows are worked on together. */
export async function claimDue(ctx: Ctx, spec: Claimable, limit: number): Promise<ClaimedRow[]> {
  const wall = ctx.wall.now()
  const table = sql.table(spec.table)
  const list = sql.join(keyOf(spec).map((column) => sql.ref(column)))
  const picked = spec.together === undefined ? pickOldest(spec, wall, limit) : pickTogether(spec, wall, limit)
  const claimed = await sql<Record<string, string> & { claim_token: number }>`
    update ${table} set claimed_until = ${wall.add(LEASE)}, claim_token = claim_token + 1
    where (${list}) in (${picked}) returning ${list}, claim_token
  `.execute(ctx.db)
  return claimed.rows.map(({ claim_token: token, ...key }) => {
    const row = key as Record<string, string>
    return { business_id: row.business_id, key: row, claim: { table: spec.table, key: row, token } }
  })
}

function pickOldest(spec: Claimable, wall: Temporal.Instant, limit: number) {
  const columns = keyOf(spec)
  const due = sql.ref(`due.${spec.due}`)
  const turns = spec.per_business === undefined ? undefined : turnsOf(spec, columns, wall, spec.per_business)
  return sql`
    select ${columnsOf(spec)} from ${sql.table(spec.table)} due ${clockJoin(spec)}
    ${turns === undefined ? sql`` : sql`join (${turns}) turns using (${sql.join(columns.map((column) => sql.ref(column)))})`}
    where ${isFree(spec, wall)}
    order by ${turns === undefined ? sql`` : sql`turns.place, `} ${due}
    limit ${limit} for update of due skip locked`
}

/** The oldest rows say whose turn it is; of each of these businesses as many are taken as are worked on together. */
function pickTogether(spec: Claimable, wall: Temporal.Instant, limit: number) {
  const due = sql.ref(`due.${spec.due}`)
  const free = sql`from ${sql.table(spec.table)} due ${clockJoin(spec)} where ${isFree(spec, wall)}`
  return sql`
    select mates.*
      from (select business_id
              from (select due.business_id, ${due} as at ${free} order by ${due} limit ${OLDEST}) oldest
             group by business_id order by min(at)) first
      cross join lateral (
        select ${columnsOf(spec)} ${free} and due.business_id = first.business_id
         order by ${due} limit ${spec.together} for update of due skip locked) mates
     limit ${limit}`
}

function keyOf({ unowned, key }: Claimable): string[] {
  return unowned === true ? [...key] : ['business_id', ...key]
}

function columnsOf(spec: Claimable) {
  return sql.join(keyOf(spec).map((column) => sql.ref(`due.${column}`)))
}

/** Due, held by nobody, and whatever else is asked of it. */
function isFree(spec: Claimable, wall: Temporal.Instant) {
  const where = spec.where === undefined ? sql`true` : sql.raw(spec.where)
  return sql`${dueCondition(spec, wall)} and ${where} and (due.claimed_until is null or due.claimed_until < ${wall})`
}

/** The free rows that are due, each with its place in the row of its business, counted behind those that are held. */
function turnsOf(spec: Claimable, columns: readonly string[], wall: Temporal.Instant, most: number) {
  const table = sql.table(spec.table)
  const due = sql.ref(spec.due)
  const held = sql`(select count(*) from ${table} held where held.business_id = free.business_id and held.claimed_until >= ${wall})`
  return sql`
    select * from (
      select ${sql.join(columns.map((column) => sql.ref(column)))},
             ${held} + row_number() over (partition by business_id order by ${due}) as place
      from ${table} free where ${due} <= ${wall} and (claimed_until is null or claimed_until < ${wall})
    ) queue where place <= ${most}`
}

/** Test clocks run ahead of or behind wall time: the index is read up to the furthest, then each row by its own business's time. */
function dueCondition(spec: Claimable, wall: Temporal.Instant) {
  const due = sql.ref(`due.${spec.due}`)
  if (spec.clock === 'wall') return sql`${due} <= ${wall}`
  return sql`${due} <= ${wall}::timestamptz
      + (select greatest(coalesce(max(offset_ms), 0), 0) from test_clocks) * interval '1 millisecond'
    and ${due} <= ${wall}::timestamptz + coalesce(test_clocks.offset_ms, 0) * interval '1 millisecond'`
}

function clockJoin(spec: Claimable) {
  return spec.clock === 'wall' ? sql`` : sql`left join test_clocks on test_clocks.business_id = due.business_id`
}

/**
 * Gives rows of one table back whose work is done. The commit does not wait for the disk: a release that is lost with the server's memory
 * leaves the row held until its lease ends, and then it is free as well. What was done was committed before, by itself.
 */
export async function releaseClaims(ctx: Ctx, claims: readonly Claim[]): Promise<void> {
  const [first] = claims
  if (first === undefined) return
  const columns = Object.keys(first.key)
  const values = columns.map((column) => sql`${claims.map(({ key }) => key[column])}::text[]`)
  const tokens = sql`${claims.map(({ token }) => token)}::bigint[]`
  await sql`
    with quiet as (select set_config('synchronous_commit', 'off', true))
    update ${sql.table(first.table)} set claimed_until = null from quiet
    where (${sql.join([...columns, 'claim_token'].map((column) => sql.ref(column)))})
      in (select * from unnest(${sql.join([...values, tokens])})) and claimed_until is not null
  `.execute(ctx.db)
}

/** Gives back a row whose work failed: it is due again after a pause. */
export async function releaseClaim(ctx: Ctx, claim: Claim, pause: Temporal.Duration): Promise<void> {
  const until = ctx.wall.now().add(pause)
  const matches = Object.entries(claim.key).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  await sql`
    update ${sql.table(claim.table)} set claimed_until = ${until}
    where ${sql.join(matches, sql` and `)} and claim_token = ${claim.token}
  `.execute(ctx.db)
}
