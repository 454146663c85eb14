import { z } from '@hono/zod-openapi'
import { type Currency, currencySchema } from './codes.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

export const usagePeriodSchema = z
  .object({
    start_date: timeSchema('Where the period begins'),
    end_date: timeSchema('Where it ends, or will'),
    meters: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        consumed_units: z.string().openapi({ example: '1200' }),
        free_threshold: z.number().openapi({ description: 'Units that were free', example: 1000 }),
        chargeable_units: z.string().openapi({ example: '200' }),
        price_per_unit: z.string().openapi({ description: 'Minor units, a decimal', example: '5' }),
        total_price: z.int().openapi({ description: 'Minor units', example: 1000 }),
        currency: currencySchema,
      }),
    ),
  })
  .openapi('UsagePeriod')

export type WireUsagePeriod = z.output<typeof usagePeriodSchema>

export interface UsagePeriodRow {
  period_start: Temporal.Instant
  period_end: Temporal.Instant
  meters: {
    meter_id: string
    name: string
    units: string
    free_units: string
    chargeable_units: string
    price_per_unit: string
    amount: number
  }[]
}

export function usagePeriodToWire(row: UsagePeriodRow, currency: string): WireUsagePeriod {
  return {
    start_date: rfc3339(row.period_start),
    end_date: rfc3339(row.period_end),
    meters: row.meters.map(({ meter_id: id, name, units, free_units, chargeable_units, price_per_unit, amount }) => ({
      id,
      name,
      consumed_units: units,
      free_threshold: Number(free_units),
      chargeable_units,
      price_per_unit,
      total_price: amount,
      currency: currency as Currency,
    })),
  }
}
