// Movements of a wallet or of credits, each with what was there afterwards.
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { When } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import { Pagination } from '#ui/components/pagination.tsx'
import { EmptyState } from '#ui/components/states.tsx'
import { DateText } from '#ui/components/text.tsx'
import { UsageFailed } from './usage-failed.tsx'

type LedgerProps<Entry> = {
  page: PortalPage
  /** Null where they could not be read. */
  entries: readonly Entry[] | null
  /** From 1. */
  page_number: number
  has_more: boolean
  here: (page_number: number) => string
  row: (entry: Entry) => Child
}

export function Ledger<Entry>({ page, entries, page_number, has_more, here, row }: LedgerProps<Entry>) {
  const { i18n } = page
  if (entries === null) return <UsageFailed page={page} href={here(page_number)} />
  return (
    <section aria-labelledby="ledger">
      <h2 id="ledger">{i18n.t('portal.ledger.title')}</h2>
      {entries.length === 0 ? (
        <EmptyState title={i18n.t('portal.ledger.none')} />
      ) : (
        <div class="list">
          <table class="stacks">
            <thead>
              <tr>
                <th scope="col">{i18n.t('portal.ledger.date')}</th>
                <th scope="col">{i18n.t('portal.ledger.what')}</th>
                <th scope="col" class="amount end">
                  {i18n.t('portal.ledger.amount')}
                </th>
                <th scope="col" class="amount end after">
                  {i18n.t('portal.ledger.after')}
                </th>
              </tr>
            </thead>
            <tbody>{entries.map(row)}</tbody>
          </table>
        </div>
      )}
      <Pagination i18n={i18n} page_number={page_number} has_more={has_more} href={here} />
    </section>
  )
}

type LedgerRowProps = PropsWithChildren<{
  page: PortalPage
  created_at: When
  what: string
  /** In the merchant's words. */
  note: string | null
  amount: Child
}>

/** What was there afterwards is its children. */
export function LedgerRow({ page: { i18n }, created_at, what, note, amount, children }: LedgerRowProps) {
  return (
    <tr>
      <td class="when num">
        <DateText i18n={i18n} when={created_at} short />
      </td>
      <td class="what">
        {what}
        {note === null ? null : (
          <p class="small soft">
            <bdi>{note}</bdi>
          </p>
        )}
      </td>
      <td class="amount end num">{amount}</td>
      <td class="amount end num after">
        <span class="phone-only soft">{i18n.t('portal.ledger.after')} </span>
        {children}
      </td>
    </tr>
  )
}
