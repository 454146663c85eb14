import type { PortalPage } from '#portal/shell.tsx'
import { Button, type ButtonLook } from '#ui/components/button.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { SubscriptionSummary } from './subscription-summary.tsx'

interface ResubscribeButtonProps {
  page: PortalPage
  subscription: SubscriptionSummary
  look?: ButtonLook
  small?: boolean
}

/** Leads to a checkout for the same again; or says why there is none. */
export function ResubscribeButton({ page, subscription, look = 'plain', small = false }: ResubscribeButtonProps) {
  const { i18n, urls, business } = page
  const { resubscription, subscription_id, product_name } = subscription
  if (resubscription === null) return null
  if (resubscription !== 'offered') {
    return <p class="small soft">{i18n.t(`portal.resubscribe.${resubscription}`)}</p>
  }
  return (
    <PostForm page={page} action={urls.portal.resubscription(business.business_id, subscription_id)}>
      <Button look={look} small={small}>
        {i18n.t('portal.resubscribe.open')}
        <span class="sr">: {product_name}</span>
      </Button>
    </PostForm>
  )
}
