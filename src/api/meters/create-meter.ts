import { endpoint } from '#api/endpoint.ts'
import { createMeter } from '#core/usage/create-meter.ts'
import { meterSchema, meterToWire } from '#wire/meter.ts'
import { createMeterBody } from './meter-input.ts'

export const createMeterEndpoint = endpoint(
  {
    method: 'post',
    path: '/meters',
    operation: 'createMeter',
    noun: 'Meters',
    summary: 'Create a meter',
    description:
      'It counts what is reported from now on. How it measures cannot be changed: archive it and make another.',
    body: createMeterBody,
    example: {
      name: 'API calls',
      event_name: 'api_request',
      measurement_unit: 'calls',
      aggregation: { type: 'count' },
      filter: { conjunction: 'and', clauses: [{ key: 'region', operator: 'equals', value: 'eu' }] },
    },
    answer: meterSchema,
  },
  async (ctx, { body }) => {
    const { name, description = null, event_name, measurement_unit, aggregation, filter = null } = body
    const meter = await createMeter(ctx, {
      name,
      description,
      event_name,
      measurement_unit,
      aggregation_type: aggregation.type,
      aggregation_key: aggregation.type === 'count' ? null : (aggregation.key ?? null),
      filter,
    })
    return meterToWire(meter)
  },
)
