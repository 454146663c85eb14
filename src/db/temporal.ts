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

/** A client whose parameters may be Temporal values, alone or in lists. The driver would send them as quoted JSON. */
export class TemporalClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the driver's own last overload
  override query(...call: any[]): any {
    return super.query(...(call.map(toArgument) as [string]))
  }
}

/** A value for a json or jsonb column. Needed for arrays, which the driver would send as PostgreSQL arrays; right for all. */
export function json<T>(value: T): RawBuilder<T> {
  return sql<T>`cast(${JSON.stringify(value)} as jsonb)`
}

/** Rows as JSON text, for json_populate_recordset. */
export function rowsAsJson(rows: readonly object[]): string {
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toParameter(value)]))),
  )
}

/** Of a call by text and values, or by one object that holds them. */
function toArgument(argument: unknown): unknown {
  if (Array.isArray(argument)) return argument.map(toParameter)
  const isPlain = typeof argument === 'object' && argument !== null && 'values' in argument && !('submit' in argument)
  return isPlain ? { ...argument, values: toArgument(argument.values) } : argument
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
