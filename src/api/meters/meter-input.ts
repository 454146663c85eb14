// A meter as it comes in.
import { z } from '@hono/zod-openapi'
import { text } from '#api/input/text.ts'
import type { MeterFilter } from '#billing/meter-filter.ts'
import { aggregationTypeSchema, filterOperators } from '#wire/meter.ts'

const MAX_CLAUSES = 50

const key = text({ max: 100 }).openapi({ description: 'Of the metadata of an event', example: 'region' })

const condition = z.object({
  key,
  operator: z.enum(filterOperators),
  value: z.union([z.string().max(500), z.number(), z.boolean()]),
})

type FilterInput = { conjunction: 'and' | 'or'; clauses: z.input<typeof condition>[] | FilterInput[] }

/** Conditions, or filters that may hold `deeper` more levels. */
function filterOf(deeper: number): z.ZodType<MeterFilter, FilterInput> {
  const conditions = z.array(condition).min(1).max(MAX_CLAUSES)
  const clauses =
    deeper === 0
      ? conditions
      : z.union([
          conditions,
          z
            .array(filterOf(deeper - 1))
            .min(1)
            .max(MAX_CLAUSES),
        ])
  return z.object({ conjunction: z.enum(['and', 'or']), clauses }) as unknown as z.ZodType<MeterFilter, FilterInput>
}

export const createMeterBody = z
  .object({
    name: text({ max: 100 }).openapi({ example: 'API calls' }),
    description: text({ max: 1_000, lines: true }).nullish(),
    event_name: text({ max: 100 }).openapi({ description: 'Events of this name are measured', example: 'api_request' }),
    measurement_unit: text({ max: 50 }).openapi({ example: 'calls' }),
    aggregation: z
      .object({ type: aggregationTypeSchema, key: key.nullish() })
      .superRefine(({ type, key: of }, issues) => {
        if (type === 'count' || (of !== null && of !== undefined)) return
        issues.addIssue({ code: 'custom', path: ['key'], message: `is required where the type is ${type}` })
      }),
    filter: filterOf(2).nullish().openapi({ type: 'object', description: 'Only events that pass; up to three levels' }),
  })
  .openapi('CreateMeter')
