// What a short address of a product shows: what it would cost, and the way on.

import { type Order, OrderSummary } from '#pay/order-summary.tsx'
import { Button } from '#ui/components/button.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { BusinessPage } from '#ui/page.ts'

interface BuyPageProps {
  page: BusinessPage
  order: Order
  action: string
}

export function BuyPage({ page, order, action }: BuyPageProps) {
  const { i18n, business } = page
  const title = order.lines[0]?.name ?? i18n.t('checkout.title')
  return (
    <PlainPage page={page} business={business} title={title}>
      <div class="head">
        <h1>
          <bdi>{title}</bdi>
        </h1>
      </div>
      <OrderSummary i18n={i18n} order={order} />
      <PostForm page={page} action={action}>
        <Button look="primary" wide>
          {i18n.t('buy.continue')}
        </Button>
      </PostForm>
    </PlainPage>
  )
}

/** It was archived, or its business was. */
export function NotSoldPage({ page }: { page: BusinessPage }) {
  const { i18n, business } = page
  const title = i18n.t('buy.not_sold.title')
  return (
    <PlainPage page={page} business={business} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p>{i18n.t('buy.not_sold.text', { business: business.name })}</p>
      </div>
    </PlainPage>
  )
}
