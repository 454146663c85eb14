import { businessNamed } from '#cli/business-named.ts'
import { command } from '#cli/command.ts'
import { operatorOf } from '#cli/open.ts'
import { flag, required } from '#cli/option.ts'
import { table } from '#cli/table.ts'
import { UsageError } from '#cli/usage-error.ts'
import { businessId, name, oneOf } from '#cli/values.ts'
import { createApiKey } from '#core/api-keys/create-api-key.ts'

export const apiKeyCreate = command({
  name: 'api-key create',
  says: 'Makes an API key and prints it: the only time it is shown.',
  options: {
    business: required(businessId()),
    name: required(name('tells it from the others')),
    read_only: flag('it may read and never change'),
    mode: oneOf(['test', 'live'], 'test if left out'),
  },
  async run(portico, { business, name, read_only = false, mode = 'test' }) {
    const runtime = portico.modes()[mode]
    if (runtime === undefined) throw new UsageError('Live mode is off; set PORTICO_LIVE_URL, or leave --mode live out.')
    const ctx = await businessNamed(operatorOf(runtime), business)
    const { api_key_id, key } = await createApiKey(ctx, { name, read_only })
    const data = { business_id: business, api_key_id, name, mode, read_only, api_key: key }
    return { data, text: table(Object.entries(data).map(([field, value]) => [field, String(value)])).join('\n') }
  },
})
