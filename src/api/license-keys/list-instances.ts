import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { pageParams } from '#api/input/query.ts'
import { id } from '#api/input/text.ts'
import { listInstances } from '#core/licenses/list-keys.ts'
import { licenseKeyInstanceSchema, licenseKeyInstanceToWire } from '#wire/license-key-instance.ts'
import { listSchema } from '#wire/list.ts'

export const listInstancesQuery = z.object({
  ...pageParams,
  license_key_id: id().optional(),
  grant_id: id().optional().openapi({ description: 'Of the key that this grant delivered' }),
})

export const listInstancesEndpoint = endpoint(
  {
    method: 'get',
    path: '/license_key_instances',
    operation: 'listLicenseKeyInstances',
    noun: 'License keys',
    summary: 'List the devices of license keys',
    query: listInstancesQuery,
    answer: listSchema(licenseKeyInstanceSchema),
  },
  async (ctx, { query }) => ({ items: (await listInstances(ctx, query, query)).map(licenseKeyInstanceToWire) }),
)
