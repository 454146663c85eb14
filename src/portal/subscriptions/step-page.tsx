import type { Child } from 'hono/jsx'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import { nextStep, type SubscriptionSummary } from './subscription-summary.tsx'

interface StepPageProps {
  page: PortalPage
  subscription: SubscriptionSummary
  title: string
  /** Why it cannot be done, and the words that lead back; the children are drawn where it can. */
  refusal: { text: string; back: string } | null
  children: Child
}

/** A page on which one thing is done to one subscription. */
export function StepPage({ page, subscription, title, refusal, children }: StepPageProps) {
  const { i18n, urls, business } = page
  const back = {
    href: urls.portal.subscription(business.business_id, subscription.subscription_id),
    label: subscription.product_name,
  }
  return (
    <Shell page={page} section="subscriptions" title={title} back={back}>
      <div class="measure">
        <div class="head">
          <h1>{title}</h1>
          <p class="soft">{nextStep(i18n, subscription)}</p>
        </div>
        {refusal === null ? (
          children
        ) : (
          <>
            <Banner tone="dim" title={refusal.text} />
            <ButtonLink href={back.href}>{refusal.back}</ButtonLink>
          </>
        )}
      </div>
    </Shell>
  )
}
