// The credit of a subscription on one of its invoices.

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
