// Which kinds of methods may pay, in the words of the API.
import type { PaymentMethod } from '#core/payment-methods/queries.ts'
import type { MethodType } from '#processors/processor.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

interface Asked {
  currency: string
  /** Null: not known yet. */
  country: string | null
  /** Null: all. */
  allowed_types: readonly MethodType[] | null
}

/** Throws NO_ELIGIBLE_PAYMENT_METHODS where the processor has none of them there. */
export function assertOffered(ctx: BusinessCtx, { currency, country, allowed_types }: Asked): void {
  if (allowed_types === null) return
  const offered = processorFor(ctx).offers({ currency, country })
  if (!allowed_types.some((type) => offered.includes(type))) throw noneLeft()
}

type Kind = Pick<PaymentMethod, 'type' | 'card_type'>

/** The same for a saved one. */
export function assertAllowed(method: Kind, allowed_types: readonly MethodType[] | null): void {
  if (!isAllowed(method, allowed_types)) throw noneLeft()
}

export function isAllowed(method: Kind, allowed_types: readonly MethodType[] | null): boolean {
  return allowed_types === null || kindsOf(method).some((kind) => allowed_types.includes(kind))
}

/** A card of which nobody says what it is may be either. */
function kindsOf({ type, card_type }: Kind): MethodType[] {
  if (type === 'upi') return ['upi_collect', 'upi_intent']
  return card_type === null ? ['credit', 'debit'] : [card_type]
}

function noneLeft(): AppError {
  return new AppError('NO_ELIGIBLE_PAYMENT_METHODS', {
    message: 'None of the allowed payment methods can be used for this',
    field: 'allowed_payment_method_types',
  })
}
