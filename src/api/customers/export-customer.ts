import { endpoint } from '#api/endpoint.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { exportCustomer } from '#core/data-export/export-customer.ts'
import { streamOf } from '#src/stream-of.ts'

export const exportCustomerEndpoint = endpoint(
  {
    method: 'get',
    path: '/portico/customers/{customer_id}/export',
    operation: 'exportCustomer',
    noun: 'Customers',
    summary: 'Export what is kept about a customer',
    description:
      'One JSON object, table by table, of any length: it is read while it is sent. Amounts are minor units, times RFC 3339. That it was asked for is an audit entry.',
    answer: 'application/json',
  },
  async (ctx, { params }) => {
    const { customer_id } = await getCustomer(ctx, params.customer_id)
    return new Response(streamOf(exportCustomer(ctx, customer_id)), {
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Disposition': `attachment; filename="${customer_id}.json"`,
      },
    })
  },
)
