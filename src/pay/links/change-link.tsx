// The link of a change of plan, for whoever holds it.
import { askAboutChange, openChangePage } from '#core/plan-changes/open-change-page.ts'
import { viewChangeLink } from '#core/plan-changes/view-change-link.ts'
import type { PayLink } from '#core/recovery/pay-links.ts'
import { businessPage } from '#door/business-page.ts'
import { CheckoutCheckingPage } from '#pay/checkout/checkout-result-page.tsx'
import type { AppContext } from '#src/app-env.ts'
import { ChangeDonePage, ChangeOverPage, ChangePage } from './change-page.tsx'

export async function showChange(c: AppContext, link: PayLink) {
  const page = businessPage(c, c.var.business)
  const view = await viewChangeLink(c.var.business, link)
  switch (view.state) {
    case 'open':
      return c.html(<ChangePage page={page} view={view} />)
    case 'checking':
      return c.html(<CheckoutCheckingPage page={page} return_url={null} again_href={backTo(c, link)} />)
    case 'changed':
      return c.html(<ChangeDonePage page={page} view={view} />)
    case 'over':
    case 'ended':
      return c.html(<ChangeOverPage page={page} view={view} />)
  }
}

export async function payForChange(c: AppContext, link: PayLink) {
  const { locale } = businessPage(c, c.var.business).i18n
  const { url } = await openChangePage(c.var.business, link.pay_link_id, locale)
  return c.redirect(url ?? backTo(c, link), 303)
}

/** The processor is asked; where it does not know either, that is said, and otherwise what became of it. */
export async function comeBackFromChange(c: AppContext, link: PayLink) {
  await askAboutChange(c.var.business, link)
  const { state } = await viewChangeLink(c.var.business, link)
  return state === 'checking' ? showChange(c, link) : c.redirect(c.var.business.urls.pay(link.pay_link_id), 303)
}

const backTo = (c: AppContext, { pay_link_id }: PayLink) => c.var.business.urls.payReturn(pay_link_id)
