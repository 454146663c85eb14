// What is asked, as the SDK asks it.
export interface Operation {
  /** As the SDK names it. */
  name: string
  method: 'GET' | 'POST'
  /** Below /api, with their query. */
  paths: string[]
  body?: string
}

/** With the ids of some subscriptions, so that no answer is asked for twice in a row. */
export function operationsOf(subscription_ids: readonly string[]): Operation[] {
  return [
    {
      name: 'subscriptions.retrieve',
      method: 'GET',
      paths: subscription_ids.map((id) => `/subscriptions/${id}`),
    },
    { name: 'payments.list', method: 'GET', paths: ['/payments?page_number=0&page_size=10'] },
    {
      name: 'customers.create',
      method: 'POST',
      paths: ['/customers'],
      body: JSON.stringify({
        email: 'mara@northwind.example',
        name: 'Mara Lindqvist',
        metadata: { plan_source: 'ads' },
      }),
    },
  ]
}

/** The SDK counts its attempts, and is answered once however often it repeats itself. */
export function headersOf(key: string, { body }: Operation): Record<string, string> {
  return {
    authorization: `Bearer ${key}`,
    'x-stainless-retry-count': '0',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
}
