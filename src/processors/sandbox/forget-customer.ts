import { sql } from 'kysely'
import type { Books } from './books.ts'

/** The books keep what moved, without whose it was. */
export async function forgetCustomer(books: Books, business_id: string, customer_id: string): Promise<void> {
  await books.db
    .updateTable('methods')
    .set({
      status: sql`case status when 'attached' then 'removed'::method_status else status end`,
      card_holder_name: null,
      upi_id: sql<string>`case when upi_id is null then null else 'erased@upi' end`,
    })
    .where('business_id', '=', business_id)
    .where('customer_id', '=', customer_id)
    .execute()
  await books.db
    .updateTable('pages')
    .set({ customer_name: '', country: null })
    .where('business_id', '=', business_id)
    .where('key', 'in', (eb) =>
      eb
        .selectFrom('intents')
        .select('key')
        .where('business_id', '=', business_id)
        .where('customer_id', '=', customer_id),
    )
    .execute()
}
