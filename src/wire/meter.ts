import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { MeterFilter } from '#db/json-types.ts'
import type { DB } from '#db/schema.ts'
import { orNull } from './list.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

export const filterOperators = [
  'equals',
  'not_equals',
  'greater_than',
  'greater_than_or_equals',
  'less_than',
  'less_than_or_equals',
  'contains',
  'does_not_contain',
] as const

export const aggregationTypeSchema = z
  .enum(['count', 'sum', 'max', 'last'])
  .openapi('AggregationType', { description: 'How events become units', example: 'sum' })

const filterSchema = z.custom<WireMeterFilter>().openapi('MeterFilter', {
  type: 'object',
  description:
    'Conditions on the metadata of an event, joined by and/or; clauses are conditions or, up to three levels, filters',
  properties: {
    conjunction: { type: 'string', enum: ['and', 'or'] },
    clauses: { type: 'array', items: { type: 'object' } },
  },
  required: ['conjunction', 'clauses'],
  example: { conjunction: 'and', clauses: [{ key: 'region', operator: 'equals', value: 'eu' }] },
})

export const meterSchema = z
  .object({
    id: z.string().openapi({ example: 'mtr_0gyTR3kUe7pWz9QhV2sJn' }),
    business_id: z.string(),
    name: z.string().openapi({ example: 'API calls' }),
    description: z.string().nullable(),
    event_name: z.string().openapi({ description: 'Events of this name are measured', example: 'api_request' }),
    measurement_unit: z.string().openapi({ example: 'calls' }),
    aggregation: z.object({
      type: aggregationTypeSchema,
      key: z.string().nullable().openapi({ description: 'Where in the metadata the number stands; null for count' }),
    }),
    filter: orNull(filterSchema),
    created_at: timeSchema('When it was created'),
    updated_at: timeSchema('When it was last changed'),
  })
  .openapi('Meter')

type Conditions = Extract<MeterFilter['clauses'][number], { key: string }>[]

/** Clauses are of one kind: all conditions, or all filters. */
export interface WireMeterFilter {
  conjunction: 'and' | 'or'
  clauses: Conditions | WireMeterFilter[]
}

export type WireMeter = z.output<typeof meterSchema>

export function meterToWire(row: Selectable<DB['meters']>): WireMeter {
  const { business_id, name, description, event_name, measurement_unit } = row
  return {
    id: row.meter_id,
    business_id,
    name,
    description,
    event_name,
    measurement_unit,
    aggregation: { type: row.aggregation_type, key: row.aggregation_key },
    filter: row.filter as WireMeterFilter | null,
    created_at: rfc3339(row.created_at),
    updated_at: rfc3339(row.updated_at),
  }
}
