// What a subscription's credit and its customer's wallet pay of an invoice, before the payment method is asked.

/**
 * How much of a total the credit pays. What is left for the payment method is 0 or at least the processor's minimum: below that, some
 * credit is kept for the next invoice. Amounts in minor units.
 * Example: 20.00 with 30.00 of credit → 20.00; 20.00 with 19.80, where 0.50 is the least that can be charged → 19.50.
 */
export function creditFor(total: number, balance: number, minimum: number): number {
  if (balance >= total) return total
  const rest = total - balance
  return rest >= minimum ? balance : Math.max(0, total - minimum)
}

export interface OwnFunds {
  /** Of the subscription; used first. */
  credit: number
  /** Of the customer, in the invoice's currency. */
  wallet: number
}

/**
 * How much of a total credit and wallet pay, credit first; what is kept back for the processor's minimum stays in the wallet.
 * Example: 20.00 with 5.00 of credit and 8.00 in the wallet → 5.00 and 8.00; with 14.80 in the wallet, where 0.50 is the least that can
 * be charged → 5.00 and 14.50.
 */
export function fundsFor(total: number, { credit, wallet }: OwnFunds, minimum: number): OwnFunds {
  const paid = creditFor(total, credit + wallet, minimum)
  const fromCredit = Math.min(paid, credit)
  return { credit: fromCredit, wallet: paid - fromCredit }
}
