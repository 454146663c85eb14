// What a customer saw before they pressed. Charged is exactly that, or nothing.
import type { Dues, Payment } from '#core/payments/queries.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface ShownDues {
  /** Null where nothing was owed. */
  dues_id: string | null
  /** How often a saved method had been declined for it: one press, one attempt. */
  declined: number
  /** What the method is asked for, less credit and wallet; minor units. */
  amount: number
}

/** How often a saved method was declined for what is owed. */
export async function countDeclined(ctx: BusinessCtx, dues_id: string): Promise<number> {
  const { count } = await from(ctx, 'payments')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('dues_id', '=', dues_id)
    .where('origin', '<>', 'pay_page')
    .where('status', '=', 'failed')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Throws CONFLICT where something else is owed by now, or it was asked for meanwhile. */
export async function assertStillOwed(ctx: BusinessCtx, dues: Dues | undefined, shown?: ShownDues): Promise<void> {
  if (shown === undefined) return
  if ((dues?.dues_id ?? null) !== shown.dues_id) throw new AppError('CONFLICT')
  if (dues !== undefined && (await countDeclined(ctx, dues.dues_id)) !== shown.declined) throw new AppError('CONFLICT')
}

/** Throws CONFLICT where credit or wallet pay more or less of it than was shown. */
export function assertSameAmount({ total_amount }: Payment, shown?: ShownDues): void {
  if (shown !== undefined && total_amount !== shown.amount) throw new AppError('CONFLICT')
}
