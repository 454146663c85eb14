// Every query of a business's data starts here, so that none can forget whose data it is.

import { type JoinBuilder, type SelectQueryBuilder, sql, type UpdateQueryBuilder } from 'kysely'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Tables whose rows belong to one business. */
export type OwnedTable = {
  [T in keyof DB]: DB[T] extends { business_id: unknown } ? T : never
}[keyof DB]

/** All that a query needs of a ctx. */
export type Scope = Pick<BusinessCtx, 'db'> & { business: Pick<BusinessCtx['business'], 'business_id'> }

/** `select … from table` of the business at hand. */
export function from<T extends OwnedTable>(ctx: Scope, table: T): SelectQueryBuilder<DB, T, object> {
  const query = ctx.db.selectFrom(table) as unknown as SelectQueryBuilder<DB, OwnedTable, object>
  return query.where(sql.ref(`${table}.business_id`), '=', ctx.business.business_id) as unknown as SelectQueryBuilder<
    DB,
    T,
    object
  >
}

/** `update table` of the business at hand. */
export function update<T extends OwnedTable>(ctx: BusinessCtx, table: T): UpdateQueryBuilder<DB, T, T, object> {
  const query = ctx.db.updateTable(table) as unknown as UpdateQueryBuilder<DB, OwnedTable, OwnedTable, object>
  return query.where(sql.ref(`${table}.business_id`), '=', ctx.business.business_id) as unknown as UpdateQueryBuilder<
    DB,
    T,
    T,
    object
  >
}

type OwnedColumn = { [T in OwnedTable]: `${T}.${Extract<keyof DB[T], string>}` }[OwnedTable]

/** Joins rows that are alike in a column and are of one business: a row of another one never is. */
export function on(left: OwnedColumn, right: OwnedColumn) {
  const [one, other] = [left, right].map((column) => `${column.split('.')[0]}.business_id`)
  // biome-ignore lint/suspicious/noExplicitAny: whichever tables the query has by then
  return (join: JoinBuilder<any, any>) => join.onRef(`${one}`, '=', `${other}`).onRef(left, '=', right)
}

/** The column every inserted row begins with. */
export function owned(ctx: BusinessCtx): { business_id: string } {
  return { business_id: ctx.business.business_id }
}
