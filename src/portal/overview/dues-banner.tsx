import type { PortalPage } from '#portal/shell.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import { declineText } from '#ui/decline-text.ts'

export interface OpenDues {
  /** Minor units. */
  amount: number
  currency: string
  product_name: string
  /** `checking`: nobody knows yet whether the payment went through. */
  state: 'declined' | 'checking'
  /** Why the last attempt was declined. */
  error_code: string | null
  /** When we try again by ourselves. */
  next_attempt_at: Temporal.Instant | null
  /** Whether one has access meanwhile, until when, and what comes then; null where nothing of that depends on it. */
  access: { type: 'held' } | { type: 'until_held' | 'until_cancelled'; until: Temporal.Instant } | null
  /** Where it can be paid at once. */
  pay_href: string | null
}

/** Of more, the sum is told; where each is paid stands with its subscription. */
const SHOWN = 3

/** What is owed, each where it is paid; of several, what they come to. */
export function DuesBanners({ page, dues }: { page: PortalPage; dues: readonly OpenDues[] }) {
  const open = dues.filter(({ state }) => state === 'declined')
  return (
    <>
      {open.length > 1 ? (
        <p>
          <b>{page.i18n.t('portal.dues.sum', { count: open.length, amounts: page.i18n.list(sumsOf(page, open)) })}</b>
        </p>
      ) : null}
      {dues.slice(0, SHOWN).map((one) => (
        <DuesBanner page={page} dues={one} />
      ))}
    </>
  )
}

/** "$34.50", one for each currency. */
function sumsOf({ i18n }: PortalPage, dues: readonly OpenDues[]): string[] {
  const sums = new Map<string, number>()
  for (const { currency, amount } of dues) sums.set(currency, (sums.get(currency) ?? 0) + amount)
  return [...sums].map(([currency, amount]) => i18n.money(amount, currency))
}

/** What is owed, why, and what happens next. */
export function DuesBanner({ page, dues }: { page: PortalPage; dues: OpenDues }) {
  const { i18n } = page
  const amount = i18n.money(dues.amount, dues.currency)
  const title = i18n.t(dues.state === 'checking' ? 'portal.dues.checking' : 'portal.dues.declined', {
    amount,
    product: dues.product_name,
  })
  return (
    <Banner
      tone="wait"
      title={title}
      action={
        dues.pay_href && dues.state === 'declined' ? (
          <ButtonLink href={dues.pay_href} look="primary">
            {i18n.t('portal.dues.pay', { amount })}
          </ButtonLink>
        ) : null
      }
    >
      <p>{sentences(page, dues).join(' ')}</p>
    </Banner>
  )
}

function sentences({ i18n, business }: PortalPage, dues: OpenDues): string[] {
  if (dues.state === 'checking') return [i18n.t('portal.dues.checking_text')]
  const said = [declineText(i18n, dues.error_code)]
  if (dues.next_attempt_at !== null) {
    said.push(i18n.t('portal.dues.next_attempt', { date: i18n.date(dues.next_attempt_at) }))
  } else if (dues.pay_href === null && business.support_email) {
    said.push(i18n.t('portal.dues.ask', { email: business.support_email }))
  }
  if (dues.access !== null) {
    const date = dues.access.type === 'held' ? '' : i18n.date(dues.access.until)
    said.push(i18n.t(`portal.dues.access.${dues.access.type}`, { date }))
  }
  return said
}
