// Everything an address has: with whom, what runs, what comes next, what was paid.

import { isolate } from '#i18n/message.ts'
import type { Translator, When } from '#i18n/translator.ts'
import { BillingOfAll, type PlacedRow } from '#portal/businesses/billing-page.tsx'
import { EnterButton } from '#portal/businesses/enter-button.tsx'
import { Frame, type ReaderPage } from '#portal/businesses/frame.tsx'
import { type Holding, HoldingItem } from '#portal/businesses/holding-item.tsx'
import { BusinessMark } from '#ui/components/business-mark.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { Pagination } from '#ui/components/pagination.tsx'
import { EmptyState, ErrorState } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import type { PageBusiness } from '#ui/page.ts'

/** One customer of one business. */
export interface Merchant {
  business: PageBusiness
  customer_id: string
  /** The customer's name, where the address has several customers there. */
  customer_name: string | null
  archived: boolean
  /** Names of what runs. */
  running: readonly string[]
  past: number
  next_payment: { amount: number; currency: string; at: When; plus_usage: boolean } | null
  /** Speaks in the business's time zone. */
  i18n: Translator
}

export interface BusinessesPageProps {
  page: ReaderPage
  /** Null where they could not be read. */
  merchants: readonly Merchant[] | null
  /** Of the businesses; from 1. */
  page_number: number
  has_more: boolean
  /** Running ones first. */
  holdings: readonly Holding[]
  /** The latest; null where they could not be read. */
  billing: readonly PlacedRow[] | null
  has_more_billing: boolean
}

export function BusinessesPage(props: BusinessesPageProps) {
  const { page, merchants } = props
  const { i18n } = page
  const title = i18n.t('unified.title')
  return (
    <Frame page={page} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p class="soft">{i18n.t('unified.intro', { email: page.email })}</p>
      </div>
      {merchants === null ? (
        <ErrorState
          title={i18n.t('unified.failed')}
          text={i18n.t('portal.failed_text')}
          retry={{ href: page.urls.businesses.overview(), label: i18n.t('error.retry') }}
        />
      ) : (
        <Everything {...props} merchants={merchants} />
      )}
    </Frame>
  )
}

function Everything(props: BusinessesPageProps & { merchants: readonly Merchant[] }) {
  const { page, merchants, holdings, billing, has_more_billing, page_number, has_more } = props
  const { i18n, urls } = page
  const running = holdings.filter(({ is_past }) => !is_past)
  const past = holdings.filter(({ is_past }) => is_past)
  if (merchants.length === 0 && page_number === 1) {
    return (
      <EmptyState icon="layers" title={i18n.t('unified.empty')}>
        <p>{i18n.t('unified.empty_text')}</p>
      </EmptyState>
    )
  }
  return (
    <>
      <section aria-labelledby="businesses">
        <h2 id="businesses">{i18n.t('unified.businesses')}</h2>
        <ul class="list">
          {merchants.map((merchant) => (
            <MerchantItem page={page} merchant={merchant} />
          ))}
        </ul>
        <Pagination
          i18n={i18n}
          page_number={page_number}
          has_more={has_more}
          href={(page) => urls.businesses.overview({ page })}
          dated={false}
        />
      </section>
      <section aria-labelledby="subscriptions">
        <h2 id="subscriptions">{i18n.t('portal.overview.subscriptions')}</h2>
        {page_number > 1 || has_more ? <p class="small soft">{i18n.t('unified.of_page')}</p> : null}
        {running.length > 0 ? (
          <ul class="list">
            {running.map((holding) => (
              <HoldingItem page={page} holding={holding} />
            ))}
          </ul>
        ) : (
          <EmptyState icon="repeat" title={i18n.t('portal.subscriptions.none_active')} />
        )}
        {past.length > 0 ? (
          <details class="fold">
            <summary>
              <Icon name="chevron-right" flips />
              {i18n.t('portal.subscriptions.past')} <span class="count">{past.length}</span>
            </summary>
            <ul class="list">
              {past.map((holding) => (
                <HoldingItem page={page} holding={holding} />
              ))}
            </ul>
          </details>
        ) : null}
      </section>
      <section aria-labelledby="history">
        <div class="row">
          <h2 id="history">{i18n.t('portal.nav.billing_history')}</h2>
          {has_more_billing ? (
            <a href={urls.businesses.billingHistory()} data-prefetch>
              {i18n.t('portal.history.see_all')}
            </a>
          ) : null}
        </div>
        <BillingOfAll page={page} rows={billing} href={urls.businesses.overview()} />
      </section>
    </>
  )
}

function MerchantItem({ page, merchant }: { page: ReaderPage; merchant: Merchant }) {
  const { business, customer_id, customer_name, archived } = merchant
  const { i18n, urls } = page
  return (
    <li class="item">
      <BusinessMark business={business} />
      <div class="grow">
        <p class="cluster">
          <b>
            <bdi>{business.name}</bdi>
          </b>
          {archived ? <Tag>{i18n.t('unified.archived')}</Tag> : null}
        </p>
        {customer_name === null ? null : (
          <p class="small soft">
            <bdi>{customer_name}</bdi>
          </p>
        )}
        <p class="small soft">{whatRuns(i18n, merchant)}</p>
        {merchant.running.length > 0 || merchant.next_payment ? (
          <p class="small soft">{nextPayment(merchant)}</p>
        ) : null}
      </div>
      <EnterButton page={page} action={urls.businesses.entry(business.business_id)} customer_id={customer_id}>
        {i18n.t('unified.manage')}
        <span class="sr">: {business.name}</span>
      </EnterButton>
    </li>
  )
}

function whatRuns(i18n: Translator, { running, past }: Merchant): string {
  if (running.length > 0) return i18n.list([...new Set(running)].map((name) => isolate(name, i18n.dir)))
  return past > 0 ? i18n.t('choice.past', { count: past }) : i18n.t('choice.none')
}

function nextPayment({ i18n, next_payment }: Merchant): string {
  if (next_payment === null) return i18n.t('unified.nothing_due')
  const { amount, currency, at, plus_usage } = next_payment
  const said = { amount: i18n.money(amount, currency), date: i18n.date(at) }
  return i18n.t(plus_usage ? 'unified.next_payment_plus_usage' : 'unified.next_payment', said)
}
