import { formatAmount } from './amount.ts'
import { disputePath } from './disputes.ts'
import { Layout, Mark } from './layout.tsx'
import type { DisputeRow } from './tables.ts'

const says: Record<DisputeRow['status'], string> = {
  opened: 'The holder of the card says that this payment was not theirs.',
  challenged: 'The business has answered. The bank is looking at both sides.',
  accepted: 'The business has accepted it: the holder has the money back.',
  won: 'The bank decided for the business, which keeps the money.',
  lost: 'The bank decided for the holder, who has the money back.',
}

/** What a bank's back office would show: whoever opens it decides the dispute. */
export function DisputePage({ dispute }: { dispute: DisputeRow }) {
  const { status, amount, currency, decided_at, dispute_id } = dispute
  return (
    <Layout title="A disputed payment">
      <Mark name="Bank" />
      <header>
        <h1>{formatAmount(amount, currency)} is disputed</h1>
        <p class="soft">{says[status]}</p>
      </header>
      {decided_at === null ? (
        <form method="post" action={disputePath(dispute_id)}>
          {status === 'opened' ? (
            <button class="button quiet" type="submit" name="step" value="challenged">
              The business answers
            </button>
          ) : null}
          <button class="button" type="submit" name="step" value="won">
            The business wins
          </button>
          <button class="button" type="submit" name="step" value="lost">
            The holder wins
          </button>
        </form>
      ) : null}
      <p class="small soft">A simulated dispute. Test mode: no real money moves.</p>
    </Layout>
  )
}
