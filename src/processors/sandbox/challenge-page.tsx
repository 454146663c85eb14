import { formatAmount } from './amount.ts'
import { Layout, Mark } from './layout.tsx'
import type { IntentRow, PageRow, TryRow } from './tables.ts'

/** What a bank would show: the holder approves or refuses the payment. */
export function ChallengePage(props: { page: PageRow; intent: IntentRow; pending: TryRow; action: string }) {
  const { page, intent, pending, action } = props
  const what = intent.amount > 0 ? `pay ${formatAmount(intent.amount, intent.currency)} to` : 'save this card for'
  return (
    <Layout title="Confirm with your bank">
      <Mark name="Bank" />
      <header>
        <h1>Confirm with your bank</h1>
        <p class="soft">
          Do you want to {what} <strong>{page.business_name}</strong> with the card ending in {pending.card_last_four}?
        </p>
      </header>
      <form method="post" action={action}>
        <input type="hidden" name="try_number" value={String(pending.try_number)} />
        <button class="button" type="submit" name="decision" value="approve">
          Approve
        </button>
        <button class="button quiet" type="submit" name="decision" value="refuse">
          Refuse
        </button>
      </form>
      <p class="small soft">A simulated 3-D Secure check. Test mode: no real money moves.</p>
    </Layout>
  )
}
