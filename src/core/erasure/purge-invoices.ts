// Issued invoices of an erased customer say whose they were for as long as the law wants it; then they keep number and amounts alone.
import { sql } from 'kysely'
import { recordAudit } from '#core/audit/record-audit.ts'
import { getSettings } from '#core/businesses/queries.ts'
import { from, update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

const documents = ['invoices', 'invoice_corrections', 'credit_notes'] as const

/** When the oldest document that still names an erased customer has been kept long enough. */
export async function findNextPurge(ctx: BusinessCtx, customer_id: string): Promise<Temporal.Instant | undefined> {
  const { invoice_retention_years: years } = await getSettings(ctx)
  const kept = await Promise.all(
    documents.map((table) =>
      from(ctx, table)
        .select((eb) => eb.fn.min('issued_at').as('issued_at'))
        .where('customer_id', '=', customer_id)
        .where(namesSomebody)
        .executeTakeFirst(),
    ),
  )
  const oldest = kept
    .flatMap((row) => row?.issued_at ?? [])
    .toSorted(Temporal.Instant.compare)
    .at(0)
  return oldest?.toZonedDateTimeISO('UTC').add({ years }).toInstant()
}

/** Documents that were kept long enough name nobody any more. Harmless to repeat. */
export async function purgeInvoices(outer: BusinessCtx, customer_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const { invoice_retention_years: years } = await getSettings(ctx)
    const until = ctx.clock.now().toZonedDateTimeISO('UTC').subtract({ years }).toInstant()
    let purged = 0
    for (const table of documents) {
      const changed = await update(ctx, table)
        .set({
          document: sql`jsonb_set(jsonb_set(document, '{customer}', ${NOBODY}::jsonb, false), '{payment,method}', 'null', false)`,
        })
        .where('customer_id', '=', customer_id)
        .where('issued_at', '<=', until)
        .where(namesSomebody)
        .returning('issued_at')
        .execute()
      purged += changed.length
    }
    const purge_invoices_at = (await findNextPurge(ctx, customer_id)) ?? null
    await update(ctx, 'customers').set({ purge_invoices_at }).where('customer_id', '=', customer_id).execute()
    if (purged === 0) return
    await recordAudit(ctx, { action: 'invoices.purged', resource_id: customer_id, customer_id, details: { purged } })
  })
}

const NOBODY = JSON.stringify({ name: '–', legal_name: null, address: [], country: null, tax_id: null, email: null })

/** jsonb_typeof is there for documents without a customer, which name nobody. */
const namesSomebody = sql<boolean>`(jsonb_typeof(document->'customer') = 'object' and document->'customer' <> ${NOBODY}::jsonb)`
