// What the words of a search stand in: found first, in the indexes of one customer's papers, so that a search in vain is over at once.
import { sql } from 'kysely'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Few: they are named. Many: they are met soon by whoever goes through the statement from its head. */
export interface Matches {
  dues_ids: readonly string[] | 'many'
  payment_ids: readonly string[] | 'many'
}

interface Sought {
  customer_id: string
  search: string
}

const FEW = 200
const FEW_DESCRIPTIONS = 100

/** The dues with a line that has these words, and the payments whose invoice's number does. */
export async function matchWords(ctx: BusinessCtx, customer_id: string, search: string): Promise<Matches> {
  const sought = { customer_id, search }
  const [dues_ids, payment_ids] = await Promise.all([listDuesWith(ctx, sought), listPaymentsWith(ctx, sought)])
  return {
    dues_ids: dues_ids.length > FEW ? 'many' : dues_ids,
    payment_ids: payment_ids.length > FEW ? 'many' : payment_ids,
  }
}

/** A subscription is described by the same words again and again: they are compared once, not in each line. */
async function listDuesWith(ctx: BusinessCtx, { customer_id, search }: Sought): Promise<string[]> {
  const descriptions = await listDescriptions(ctx, customer_id, search)
  const sought = descriptions.filter(({ is_sought }) => is_sought).map(({ description }) => description)
  const areAllKnown = descriptions.length <= FEW_DESCRIPTIONS
  if (areAllKnown && sought.length === 0) return []
  const rows = await from(ctx, 'dues_lines')
    .select('dues_id')
    .where('customer_id', '=', customer_id)
    .where((eb) => (areAllKnown ? eb('description', 'in', sought) : eb('description', 'ilike', likeOf(search))))
    .limit(FEW + 1)
    .execute()
  return rows.map(({ dues_id }) => dues_id)
}

interface Description {
  description: string
  is_sought: boolean
}

/** Each once, by a leap in the index from one to the next; one more than few where there are many. */
async function listDescriptions(ctx: BusinessCtx, customer_id: string, search: string): Promise<Description[]> {
  const next = (after: ReturnType<typeof sql>) => sql`(select l.description from dues_lines l
    where l.business_id = ${ctx.business.business_id} and l.customer_id = ${customer_id} ${after}
    order by l.description limit 1)`
  const { rows } = await sql<Description>`
    with recursive words as (
      select ${next(sql``)} as description
      union all
      select ${next(sql`and l.description > words.description`)} from words where words.description is not null
    )
    select description, description ilike ${likeOf(search)} as is_sought from words
    where description is not null limit ${FEW_DESCRIPTIONS + 1}`.execute(ctx.db)
  return rows
}

async function listPaymentsWith(ctx: BusinessCtx, { customer_id, search }: Sought): Promise<string[]> {
  const rows = await from(ctx, 'invoices')
    .select('payment_id')
    .where('customer_id', '=', customer_id)
    .where('number', 'like', likeNumber(search))
    .limit(FEW + 1)
    .execute()
  return rows.map(({ payment_id }) => payment_id)
}

/** Anywhere in a text, whatever stands there. */
export const likeOf = (search: string): string => `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`

/** Numbers of papers are written in capitals, as their prefix is: they are compared as they stand, which is fast. */
export const likeNumber = (search: string): string => likeOf(search.toUpperCase())
