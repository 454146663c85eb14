import type { Child } from 'hono/jsx'
import type { PortalPage } from '#portal/shell.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { Obstacle } from './obstacle.ts'

interface ObstacleBannerProps {
  page: PortalPage
  obstacle: Obstacle
  subscription: { subscription_id: string }
  pending_href: string | null
}

/** Why not now, in plain words, and what helps. */
export function ObstacleBanner(props: ObstacleBannerProps) {
  const { page, obstacle } = props
  const { i18n, business } = page
  return (
    <Banner
      tone={obstacle === 'ended' ? 'dim' : 'wait'}
      title={i18n.t(`portal.plan.why.${obstacle}`)}
      action={way(props)}
    >
      {obstacle === 'forbidden' || obstacle === 'on_demand' || obstacle === 'nothing_else' ? (
        <p>
          {business.support_email
            ? i18n.t('portal.plan.ask', { email: business.support_email })
            : i18n.t('portal.plan.ask_business', { business: business.name })}
        </p>
      ) : null}
    </Banner>
  )
}

function way({ page, obstacle, subscription, pending_href }: ObstacleBannerProps): Child {
  const { i18n, urls, business } = page
  const { subscription_id } = subscription
  if (obstacle === 'ending') {
    return (
      <PostForm page={page} action={urls.portal.cancellationUndo(business.business_id, subscription_id)}>
        <Button>{i18n.t('portal.plan.way.ending')}</Button>
      </PostForm>
    )
  }
  if (obstacle === 'on_hold' || obstacle === 'past_due') {
    const href = urls.portal.subscriptionPaymentMethod(business.business_id, subscription_id)
    return <ButtonLink href={href}>{i18n.t('portal.plan.way.on_hold')}</ButtonLink>
  }
  if (obstacle === 'pending_change' && pending_href !== null) {
    return <ButtonLink href={pending_href}>{i18n.t('portal.plan.way.pending_change')}</ButtonLink>
  }
  return null
}
