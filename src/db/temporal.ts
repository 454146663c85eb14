// How values cross between PostgreSQL and us: instants and dates as Temporal, bigint as a safe integer, numeric as the string it is.
import { type RawBuilder, sql } from 'kysely'
import pg from 'pg'

const { builtins } = pg.types
/** The array types have no names in the driver. */
const arrays = { text: 1009, int8: 1016, timestamptz: 1185, date: 1182, timestamp: 1115 } as const

type Parser = (text: string) => unknown

type Nested = string | null | Nested[]
const parseTextArray: (text: string) => Nested[] = pg.types.getTypeParser(arrays.text as number)

const parsers = new Map<number, Parser>([
  [builtins.INT8, parseSafeInteger],
  [builtins.TIMESTAMPTZ, (text) => Temporal.Instant.from(text)],
  [builtins.DATE, (text) => Temporal.PlainDate.from(text)],
  [builtins.TIMESTAMP, (text) => Temporal.PlainDateTime.from(text)],
  [arrays.int8, parseArrayOf(parseSafeInteger)],
  [arrays.timestamptz, parseArrayOf((text) => Temporal.Instant.from(text))],
  [arrays.date, parseArrayOf((text) => Temporal.PlainDate.from(text))],
  [arrays.timestamp, parseArrayOf((text) => Temporal.PlainDateTime.from(text))],
])

/** For `types` of a pg client or pool. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? pg.types.getTypeParser(oid, format as 'text'),
}

/** A client whose parameters may be Temporal values, alone or in arrays. The driver would send them as quoted JSON. */
export class TemporalClient extends pg.Client {
  // The driver's overloads end in a catch-all of its own; only the values are touched here.
  override query(query: any, values?: any, callback?: any): any {
    if (typeof query === 'object' && Array.isArray(query?.values)) query.values = query.values.map(toParameter)
    return super.query(query, Array.isArray(values) ? values.map(toParameter) : values, callback)
  }
}

/** A value for a json or jsonb column. Needed for arrays, which the driver would send as PostgreSQL arrays; right for all. */
export function json<T>(value: T): RawBuilder<T> {
  return sql<T>`cast(${JSON.stringify(value)} as jsonb)`
}

function toParameter(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toParameter)
  // PostgreSQL keeps microseconds and would round the rest up, into the future.
  if (value instanceof Temporal.Instant) return value.toString({ fractionalSecondDigits: 6 })
  if (value instanceof Temporal.PlainDate || value instanceof Temporal.PlainDateTime) return value.toString()
  return value
}

function parseSafeInteger(text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number)) return number
  throw new RangeError(`${text} is beyond the integers a number can hold`)
}

function parseArrayOf(parse: Parser): Parser {
  const parseNested = (value: Nested): unknown => {
    if (Array.isArray(value)) return value.map(parseNested)
    return value === null ? null : parse(value)
  }
  return (text) => parseTextArray(text).map(parseNested)
}
