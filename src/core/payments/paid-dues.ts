// Dues as they are settled: read once, handed on to all who need to know what was paid for.
import { type Dues, type DuesDiscount, type DuesLine, getDuesDiscounts, getDuesLines } from '#core/payments/queries.ts'
import type { PaidExtras } from '#core/subscriptions/extras.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface DuesWhole extends Dues {
  lines: DuesLine[]
  /** In the order they applied. */
  discounts: DuesDiscount[]
}

export interface PaidDues extends DuesWhole {
  has: PaidExtras
}

export async function readPaidDues(ctx: BusinessCtx, dues: Dues, has: PaidExtras): Promise<PaidDues> {
  const lines = await getDuesLines(ctx, dues.dues_id)
  return { ...dues, has, lines, discounts: has.discounts ? await getDuesDiscounts(ctx, dues.dues_id) : [] }
}
