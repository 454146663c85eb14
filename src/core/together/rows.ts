// Many rows in one statement, and one text whatever their number: they go over as JSON, and PostgreSQL makes columns of it.
import { type Insertable, type RawBuilder, type Selectable, sql, type Updateable } from 'kysely'
import type { OwnedTable } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import { rowsAsJson } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Columns that it does not name take their default. */
export type NewRow<T extends OwnedTable> = Omit<Insertable<DB[T]>, 'business_id'>

export async function insertRows<T extends OwnedTable>(
  ctx: BusinessCtx,
  table: T,
  rows: readonly NewRow<T>[],
): Promise<void> {
  for (const alike of byColumns(rows)) await insertion(ctx, table, alike, sql``).execute(ctx.db)
}

/** The same, over those that a unique index on these columns holds already. */
export async function putRows<T extends OwnedTable>(
  ctx: BusinessCtx,
  table: T,
  rows: readonly NewRow<T>[],
  unique: readonly (keyof DB[T] & string)[],
): Promise<void> {
  for (const alike of byColumns(rows)) {
    const columns = columnsOf(alike).filter((column) => !unique.includes(column as keyof DB[T] & string))
    const set = columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`)
    const ending = sql`on conflict (${columnList(['business_id', ...unique])}) do update set ${sql.join(set)}`
    await insertion(ctx, table, alike, ending).execute(ctx.db)
  }
}

/** For `together`: a row each. */
export function writer<T extends OwnedTable>(table: T) {
  return async (ctx: BusinessCtx, rows: readonly NewRow<T>[]): Promise<undefined[]> => {
    await insertRows(ctx, table, rows)
    return []
  }
}

/** The same; answers the rows as they were written, without those that a unique index on these columns holds already. */
export async function insertNewRows<T extends OwnedTable>(
  ctx: BusinessCtx,
  table: T,
  rows: readonly NewRow<T>[],
  unique?: readonly (keyof DB[T] & string)[],
): Promise<Selectable<DB[T]>[]> {
  const ending =
    unique === undefined
      ? sql`returning *`
      : sql`on conflict (${columnList(['business_id', ...unique])}) do nothing returning *`
  const written: Selectable<DB[T]>[] = []
  for (const alike of byColumns(rows)) {
    written.push(...(await insertion<Selectable<DB[T]>>(ctx, table, alike, ending).execute(ctx.db)).rows)
  }
  return written
}

/** Each row by the column that names it; answers the rows as they are now. `also` is set in all of them. */
export async function updateRows<T extends OwnedTable, K extends keyof DB[T] & string>(
  ctx: BusinessCtx,
  table: T,
  key: K,
  changes: readonly (Updateable<DB[T]> & Record<K, string>)[],
  also: Record<string, RawBuilder<unknown>> = {},
): Promise<Selectable<DB[T]>[]> {
  const written: Selectable<DB[T]>[] = []
  const set = Object.entries(also).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  for (const alike of byColumns(changes)) {
    const columns = columnsOf(alike).filter((column) => column !== key)
    const changed = columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`changed.${column}`)}`)
    const { rows } = await sql<Selectable<DB[T]>>`
      update ${sql.table(table)} as kept set ${sql.join([...changed, ...set])}
        from json_populate_recordset(null::${sql.table(table)}, ${rowsAsJson(alike)}) as changed
       where kept.business_id = ${ctx.business.business_id}
         and ${sql.ref(`kept.${key}`)} = ${sql.ref(`changed.${key}`)} returning kept.*
    `.execute(ctx.db)
    written.push(...rows)
  }
  return written
}

function insertion<Row>(ctx: BusinessCtx, table: string, rows: readonly object[], ending: RawBuilder<unknown>) {
  const columns = columnList(columnsOf(rows))
  return sql<Row>`
    insert into ${sql.table(table)} (business_id, ${columns})
    select ${ctx.business.business_id}, ${columns}
      from json_populate_recordset(null::${sql.table(table)}, ${rowsAsJson(rows)}) ${ending}`
}

function columnList(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)))
}

function columnsOf([first = {}]: readonly object[]): string[] {
  return Object.entries(first).flatMap(([column, value]) => (value === undefined ? [] : [column]))
}

function byColumns<Row extends object>(rows: readonly Row[]): Row[][] {
  return [...Map.groupBy(rows, (row) => columnsOf([row]).join()).values()]
}
