import type { When } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { Button } from '#ui/components/button.tsx'
import { PostForm } from '#ui/components/post-form.tsx'

interface ScheduledBannerProps {
  page: PortalPage
  subscription_id: string
  /** What it changes to at the next billing date. */
  product_name: string
  at: When
}

/** A change waits already: another one takes its place, and it can be taken back. */
export function ScheduledBanner({ page, subscription_id, product_name, at }: ScheduledBannerProps) {
  const { i18n, urls, business } = page
  return (
    <Banner
      tone="dim"
      title={i18n.t('portal.plan.scheduled', { product: product_name, date: i18n.date(at) })}
      action={
        <PostForm page={page} action={urls.portal.scheduledChangeUndo(business.business_id, subscription_id)}>
          <Button>{i18n.t('portal.plan.scheduled_undo')}</Button>
        </PostForm>
      }
    >
      <p>{i18n.t('portal.plan.scheduled_text')}</p>
    </Banner>
  )
}
