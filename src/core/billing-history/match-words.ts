// What the words of a search stand in: found first, in the indexes of one customer's papers, so that a search in vain is over at once.
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Few: they are named. Many: they are met soon by whoever goes through the statement from its head. */
export interface Matches {
  dues_ids: readonly string[] | 'many'
  payment_ids: readonly string[] | 'many'
}

const FEW = 200

/** The dues with a line that has these words, and the payments whose invoice's number does. */
export async function matchWords(ctx: BusinessCtx, customer_id: string, search: string): Promise<Matches> {
  const like = likeOf(search)
  const [lines, invoices] = await Promise.all([
    from(ctx, 'dues_lines')
      .select('dues_id')
      .where('customer_id', '=', customer_id)
      .where('description', 'ilike', like)
      .limit(FEW + 1)
      .execute(),
    from(ctx, 'invoices')
      .select('payment_id')
      .where('customer_id', '=', customer_id)
      .where('number', 'ilike', like)
      .limit(FEW + 1)
      .execute(),
  ])
  return {
    dues_ids: lines.length > FEW ? 'many' : lines.map(({ dues_id }) => dues_id),
    payment_ids: invoices.length > FEW ? 'many' : invoices.map(({ payment_id }) => payment_id),
  }
}

/** Anywhere in a text, whatever stands there. */
export const likeOf = (search: string): string => `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
