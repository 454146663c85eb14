// What a subscription owes, as the pages say it before it is paid.
import { fundsFor } from '#billing/credit.ts'
import { periodPaidFor } from '#billing/hold.ts'
import { hasEnded, isOverdue } from '#billing/status.ts'
import { readCredit } from '#core/credits/ledger.ts'
import { type Dues, type DuesLine, findOpenDues, getDuesLines, type Payment } from '#core/payments/queries.ts'
import { from } from '#core/scope.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { readWalletBalance } from '#core/wallets/queries.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'

export interface Owed {
  dues: Dues
  lines: DuesLine[]
  /** What a renewal covers if it is paid now; null for anything else. */
  period: { start: Temporal.Instant; end: Temporal.Instant } | null
  /** What credit and wallet pay of it; minor units. */
  own_funds: number
  /** Why the last attempt was declined; null where none was. */
  declined: string | null
  /** The last answer of each saved method that declined it. */
  refusals: ReadonlyMap<string, string>
  /** How often a saved method was declined. */
  times_declined: number
}

export interface DuesView {
  /** `checking`: nobody knows yet what became of a payment, or a saved method is being charged at this moment. */
  state: 'nothing' | 'owed' | 'checking'
  owed: Owed | undefined
}

export async function viewDues(
  ctx: BusinessCtx,
  subscription: Pick<Subscription, 'subscription_id' | 'status' | 'on_hold_at'>,
): Promise<DuesView> {
  const { subscription_id, status } = subscription
  const dues = isOverdue(status) || hasEnded(status) ? await findOpenDues(ctx, subscription_id) : undefined
  const owed = dues && (await describeOwed(ctx, subscription, dues))
  if (await isChecking(ctx, subscription_id)) return { state: 'checking', owed }
  return { state: owed === undefined ? 'nothing' : 'owed', owed }
}

/** Nobody knows yet, or a saved method is being charged at this moment. */
export async function isChecking(ctx: BusinessCtx, subscription_id: string): Promise<boolean> {
  const open = await from(ctx, 'payments')
    .select('payment_id')
    .where('subscription_id', '=', subscription_id)
    .where('settled_at', 'is', null)
    .where((eb) => {
      const charging = eb.and([eb('status', '=', 'processing'), eb('payment_method_id', 'is not', null)])
      return eb.or([eb('unknown_since', 'is not', null), eb('off_session', '=', true), charging])
    })
    .limit(1)
    .executeTakeFirst()
  return open !== undefined
}

export async function describeOwed(
  ctx: BusinessCtx,
  { on_hold_at }: Pick<Subscription, 'on_hold_at'>,
  dues: Dues,
): Promise<Owed> {
  const [lines, attempts] = await Promise.all([
    getDuesLines(ctx, dues.dues_id),
    from(ctx, 'payments').selectAll().where('dues_id', '=', dues.dues_id).orderBy('attempt', 'desc').execute(),
  ])
  const failed = attempts.filter(({ status }) => status === 'failed')
  const [last] = failed
  return {
    dues,
    lines,
    period: periodOf(dues, on_hold_at, ctx.clock.now()),
    own_funds: await ownFunds(ctx, dues, attempts),
    declined: last === undefined ? null : codeOf(last),
    refusals: new Map(
      failed.toReversed().flatMap((payment) => {
        const { payment_method_id } = payment
        return payment_method_id === null ? [] : [[payment_method_id, codeOf(payment)] as const]
      }),
    ),
    times_declined: failed.filter(({ origin }) => origin !== 'pay_page').length,
  }
}

function periodOf(
  { kind, period_start, period_end }: Dues,
  on_hold_at: Temporal.Instant | null,
  now: Temporal.Instant,
): Owed['period'] {
  if (kind !== 'renewal' || period_start === null || period_end === null) return null
  if (on_hold_at === null) return { start: period_start, end: period_end }
  const paid = periodPaidFor({ period_start, period_end }, on_hold_at, now)
  return { start: paid.period_start, end: paid.period_end }
}

function codeOf({ error_code }: Payment): string {
  return error_code ?? 'GENERIC_DECLINE'
}

/** Reserved already for a page that is open, or what would be reserved now. */
async function ownFunds(ctx: BusinessCtx, dues: Dues, attempts: readonly Payment[]): Promise<number> {
  if (attempts.some(({ settled_at }) => settled_at === null)) return dues.credit_applied + dues.wallet_applied
  const { subscription_id, customer_id, currency } = dues
  const credit = subscription_id === null ? 0 : await readCredit(ctx, subscription_id)
  const wallet = await readWalletBalance(ctx, customer_id, currency)
  const funds = fundsFor(dues.total, { credit, wallet }, processorFor(ctx).minimumAmount(currency))
  return funds.credit + funds.wallet
}
