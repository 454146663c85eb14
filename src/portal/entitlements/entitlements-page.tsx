// What purchases unlock, purchase by purchase: keys, files and links, features.
import { isolate } from '#i18n/message.ts'
import type { When } from '#i18n/translator.ts'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import { Pagination } from '#ui/components/pagination.tsx'
import { EmptyState, ErrorState } from '#ui/components/states.tsx'
import { UnlockedItem, type UnlockedThing } from './unlocked-item.tsx'

export interface Purchase {
  /** As it stands in addresses. */
  of: { subscription?: string; payment?: string }
  product_names: readonly string[]
  bought_at: When
  things: readonly UnlockedThing[]
}

export interface EntitlementsPageProps {
  page: PortalPage
  /** The one that is shown, where not all are. */
  of: Purchase['of']
  /** From 1. */
  page_number: number
  has_more: boolean
  /** Null where they could not be read. */
  purchases: readonly Purchase[] | null
}

export function EntitlementsPage(props: EntitlementsPageProps) {
  const { page } = props
  const { i18n, urls, business } = page
  const title = i18n.t('portal.unlocked.title')
  return (
    <Shell
      page={page}
      section="license_keys"
      title={title}
      back={{ href: urls.portal.licenseKeys(business.business_id), label: i18n.t('portal.nav.license_keys') }}
    >
      <div class="head">
        <h1>{title}</h1>
        <p class="soft">{i18n.t('portal.unlocked.intro')}</p>
      </div>
      <Purchases {...props} />
    </Shell>
  )
}

function Purchases({ page, of, page_number, has_more, purchases }: EntitlementsPageProps) {
  const { i18n, urls, business } = page
  const here = (number: number) => urls.portal.entitlements(business.business_id, { ...of, page: number })
  if (purchases === null) {
    return (
      <ErrorState
        title={i18n.t('portal.unlocked.unread')}
        text={i18n.t('portal.failed_text')}
        retry={{ href: here(page_number), label: i18n.t('error.retry') }}
      />
    )
  }
  const some = of.subscription !== undefined || of.payment !== undefined
  return (
    <>
      {purchases.length === 0 ? (
        <EmptyState icon="key-round" title={i18n.t(some ? 'portal.unlocked.none_of_it' : 'portal.unlocked.none')}>
          <p>{i18n.t('portal.unlocked.none_text')}</p>
        </EmptyState>
      ) : null}
      {purchases.map((purchase) => (
        <PurchaseSection page={page} purchase={purchase} />
      ))}
      {some ? (
        <div>
          <ButtonLink href={urls.portal.entitlements(business.business_id)}>
            {i18n.t('portal.unlocked.show_all')}
          </ButtonLink>
        </div>
      ) : null}
      <Pagination i18n={i18n} page_number={page_number} has_more={has_more} href={here} />
    </>
  )
}

function PurchaseSection({ page, purchase }: { page: PortalPage; purchase: Purchase }) {
  const { i18n, urls, business } = page
  const { of, product_names, bought_at, things } = purchase
  const id = of.subscription ?? of.payment ?? ''
  return (
    <section aria-labelledby={id}>
      <div>
        <h2 id={id}>{i18n.list(product_names.map((name) => isolate(name, i18n.dir)))}</h2>
        <p class="small soft">
          {of.subscription === undefined ? (
            i18n.t('portal.keys.bought', { date: i18n.date(bought_at) })
          ) : (
            <a href={urls.portal.subscription(business.business_id, of.subscription)} data-prefetch>
              {i18n.t('portal.unlocked.with_subscription', { date: i18n.date(bought_at) })}
            </a>
          )}
        </p>
      </div>
      <ul class="list">
        {things.map((thing) => (
          <UnlockedItem page={page} thing={thing} of={of} />
        ))}
      </ul>
    </section>
  )
}
