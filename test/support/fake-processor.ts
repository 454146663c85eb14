// A processor that may be used in live mode, for tests only: its books are in memory, every card pays, and its pages lead straight back.
import type { PaymentOutcome, Processor, ProcessorMethod, RefundOutcome, SetupOutcome } from '#processors/processor.ts'

const card: Omit<ProcessorMethod, 'reference'> = {
  type: 'card',
  card_network: 'visa',
  card_last_four: '1881',
  card_issuing_country: 'SE',
  card_type: 'credit',
  card_holder_name: null,
  expiry_month: 12,
  expiry_year: 2040,
  display: null,
  fingerprint: null,
}

export interface FakeProcessor extends Processor {
  /** Amounts taken, by key. */
  readonly captured: ReadonlyMap<string, number>
  /** The person pays on the page of a key. */
  pay(key: string): void
}

export function createFakeProcessor(): FakeProcessor {
  const captured = new Map<string, number>()
  const pages = new Map<string, { amount: number; url: string }>()
  const refunds = new Set<string>()
  const succeeded = (key: string) => ({
    status: 'succeeded' as const,
    reference: `bank_${key}`,
    method: { ...card, reference: `method_${key}` },
  })
  const lookUp = (key: string): PaymentOutcome | { status: 'never_seen' } => {
    if (captured.has(key)) return succeeded(key)
    const page = pages.get(key)
    return page === undefined ? { status: 'never_seen' } : { status: 'requires_action', reference: key, url: page.url }
  }
  const openPage = (key: string, amount: number) => {
    const url = `https://bank.example/pay/${key}`
    pages.set(key, { amount, url })
    return { status: 'requires_action' as const, reference: key, url }
  }
  return {
    name: 'bank',
    provider: 'stripe',
    live: true,
    captured,
    pay: (key) => captured.set(key, pages.get(key)?.amount ?? 0),
    minimumAmount: () => 50,
    offers: () => ['credit', 'debit'],
    charge: async ({ key, amount }) => {
      captured.set(key, amount)
      return succeeded(key)
    },
    openPayment: async ({ key, amount }) => openPage(key, amount),
    openSetup: async ({ key }) => openPage(key, 0),
    refund: async ({ key }): Promise<RefundOutcome> => {
      refunds.add(key)
      return { status: 'succeeded', reference: `refund_${key}` }
    },
    retrievePayment: async (_, key) => lookUp(key),
    retrieveSetup: async (_, key) => lookUp(key) as SetupOutcome,
    retrieveRefund: async (_, key) =>
      refunds.has(key) ? { status: 'succeeded', reference: `refund_${key}` } : { status: 'never_seen' },
    retrieveDispute: async () => ({ status: 'never_seen' }),
    closePayment: async (_, key) => {
      const known = lookUp(key)
      pages.delete(key)
      return known.status === 'requires_action'
        ? { status: 'declined', reference: key, code: 'CUSTOMER_CANCELLED', message: null }
        : known
    },
    closeSetup: async (_, key) => {
      const known = lookUp(key) as SetupOutcome
      pages.delete(key)
      return known.status === 'requires_action'
        ? { status: 'declined', reference: key, code: 'CUSTOMER_CANCELLED', message: null }
        : known
    },
    removeMethod: async () => {},
    forgetCustomer: async () => {},
    readHook: async (_, { headers, body }) =>
      headers.get('bank-signature') === 'good' ? [{ event_id: body, kind: 'payment', key: body }] : undefined,
  }
}
