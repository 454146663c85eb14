// All papers of some days in one archive, drawn while it is sent: nobody waits for the last one to see the first.
import { Zip, ZipPassThrough } from 'fflate'
import {
  countDocuments,
  type DocumentFilter,
  type IssuedDocument,
  listDocuments,
} from '#core/billing-history/list-documents.ts'
import { limiter } from '#door/limiter.ts'
import type { Locale } from '#i18n/locales.ts'
import { renderCorrection, renderCreditNote, renderInvoice } from '#pdf/render-invoice.ts'
import { readHistoryQuery, spanOf } from '#portal/billing-history/history-query.ts'
import { portalPage } from '#portal/portal-page.ts'
import type { AppContext } from '#src/app-env.ts'
import { streamOf } from '#src/stream-of.ts'

/** More would be drawn for minutes. */
export const MOST_DOCUMENTS = 500

/** An archive is work: so many of them a customer. */
const limitArchives = limiter(20, 60 * 60)

/** Answers how many there are where they are too many for one archive. */
export async function exportZip(c: AppContext): Promise<Response | { count: number }> {
  const { ctx, customer } = c.var.visitor
  const { gte, lt } = spanOf(readHistoryQuery(c), ctx.business.timezone)
  const filter: DocumentFilter = { customer_id: customer.customer_id, issued_at_gte: gte, issued_at_lt: lt }
  const count = await countDocuments(ctx, filter)
  if (count > MOST_DOCUMENTS) return { count }
  await limitArchives(c, customer.customer_id)
  const { locale } = portalPage(c).i18n
  return c.body(streamOf(zipped(listDocuments(ctx, filter), locale)), 200, {
    'content-type': 'application/zip',
    'content-disposition': 'attachment; filename="invoices.zip"',
  })
}

async function* zipped(documents: AsyncIterable<IssuedDocument>, locale: Locale) {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    ready.push(chunk)
  })
  for await (const issued of documents) {
    const file = new ZipPassThrough(`${issued.number}.pdf`)
    file.mtime = Temporal.Instant.from(issued.document.issued_at).epochMilliseconds
    zip.add(file)
    file.push(await draw(issued, locale), true)
    yield* ready.splice(0)
  }
  zip.end()
  yield* ready.splice(0)
}

function draw(issued: IssuedDocument, locale: Locale): Promise<Uint8Array> {
  switch (issued.kind) {
    case 'invoice':
      return renderInvoice(issued.document, locale)
    case 'correction':
      return renderCorrection(issued.document, locale)
    case 'credit_note':
      return renderCreditNote(issued.document, locale)
  }
}
