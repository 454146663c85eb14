import type { PaymentMethod } from '#core/payment-methods/queries.ts'

const NETWORKS: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  rupay: 'RuPay',
}

/** A method as a bank would print it, in any language: "Visa •••• 4242", "mara@upi". */
export function describeMethod(method: Pick<PaymentMethod, 'card_network' | 'card_last_four' | 'display'>): string {
  if (method.card_last_four === null) return method.display ?? ''
  const network = method.card_network === null ? '' : (NETWORKS[method.card_network] ?? method.card_network)
  return `${network} •••• ${method.card_last_four}`.trim()
}
