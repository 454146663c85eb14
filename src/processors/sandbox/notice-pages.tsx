// Pages with nothing to fill in: already paid, closed, not found, refused.
import { formatAmount } from './amount.ts'
import { Layout, Mark } from './layout.tsx'
import type { IntentRow, PageRow } from './tables.ts'

export function PaidPage({ page, intent }: { page: PageRow; intent: IntentRow }) {
  const paid = intent.kind === 'payment_page' && intent.amount > 0
  const title = paid ? 'Already paid' : 'Already saved'
  const text = paid
    ? `${formatAmount(intent.amount, intent.currency)} was paid to ${page.business_name}. You will not be charged again.`
    : `Your payment method was saved for ${page.business_name}.`
  return (
    <Layout title={title}>
      <Mark name={page.business_name} />
      <header>
        <h1>{title}</h1>
        <p class="soft">{text}</p>
      </header>
      <a class="button" href={page.return_url}>
        Continue to {page.business_name}
      </a>
    </Layout>
  )
}

export function ClosedPage({ page }: { page: PageRow }) {
  return (
    <Layout title="This page is closed">
      <Mark name={page.business_name} />
      <header>
        <h1>This page is closed</h1>
        <p class="soft">
          Nothing was charged here, and it can no longer take a payment. Start again from {page.business_name}.
        </p>
      </header>
      <a class="button" href={page.return_url}>
        Back to {page.business_name}
      </a>
    </Layout>
  )
}

export function MissingPage() {
  return (
    <Layout title="Page not found">
      <header>
        <h1>There is no such payment page</h1>
        <p class="soft">Check the address, or go back to the shop and start the payment again.</p>
      </header>
    </Layout>
  )
}

export function RefusedPage() {
  return (
    <Layout title="Not accepted">
      <header>
        <h1>This form was not accepted</h1>
        <p class="soft">
          It was not sent from this site. Open the payment page again and send it from there. Nothing was charged.
        </p>
      </header>
    </Layout>
  )
}
