// A thousand events as a service would report them: of many customers, a few facts each.

export const BATCH = 1000
export const CUSTOMERS = 1000

/** Customers and their subscriptions are numbered from 1. */
export function customerId(number: number, prefix: 'cus' | 'sub' = 'cus'): string {
  return `${prefix}_${String(number).padStart(21, '0')}`
}

const REGIONS = ['eu-north-1', 'us-east-2', 'ap-south-1']

/** Ids begin with `name`, which must be new. The first two customers are left to the months that are read. */
export function batch(name: string) {
  return Array.from({ length: BATCH }, (_, n) => ({
    event_id: `${name}${String(n).padStart(4, '0')}`,
    customer_id: customerId(3 + Math.floor(Math.random() * (CUSTOMERS - 2))),
    event_name: 'api_request',
    metadata: {
      region: REGIONS[n % REGIONS.length] ?? '',
      endpoint: `/v1/projects/${n % 97}/render`,
      tokens: String(1 + Math.floor(Math.random() * 4000)),
      cached: n % 5 === 0,
    },
  }))
}
