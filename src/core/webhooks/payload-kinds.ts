/** Events that can be sent: by their noun, or by their whole type where one differs from the rest of its noun. */
const payloadKinds = [
  'payment',
  'subscription',
  'refund',
  'dispute',
  'dunning',
  'credit',
  'credit.balance_low',
  'license_key',
  'entitlement_grant',
] as const

export type PayloadKind = (typeof payloadKinds)[number]

/** Which resource an event is sent with ('subscription.renewed' → 'subscription'); undefined where there is none to send. */
export function payloadKindOf(type: string): PayloadKind | undefined {
  const [noun] = type.split('.')
  return payloadKinds.find((kind) => kind === type) ?? payloadKinds.find((kind) => kind === noun)
}
