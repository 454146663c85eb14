// Which events a meter counts: conditions on their metadata, joined by and/or, nested up to three levels.
import { findDecimal } from './decimal.ts'

export type FilterOperator =
  | 'equals'
  | 'not_equals'
  | 'greater_than'
  | 'greater_than_or_equals'
  | 'less_than'
  | 'less_than_or_equals'
  | 'contains'
  | 'does_not_contain'

type Value = string | number | boolean

export interface FilterCondition {
  key: string
  operator: FilterOperator
  value: Value
}

export interface MeterFilter {
  conjunction: 'and' | 'or'
  clauses: (FilterCondition | MeterFilter)[]
}

/**
 * Whether metadata passes. Numbers are compared as numbers, also where one of them is text; everything else as text. What is not there
 * equals nothing and contains nothing.
 * Example: {tokens: '150'} passes `tokens greater_than 99`; {} passes `region not_equals 'eu'`.
 */
export function passesFilter(filter: MeterFilter, metadata: Readonly<Record<string, Value>>): boolean {
  const passes = (clause: FilterCondition | MeterFilter) =>
    'conjunction' in clause ? passesFilter(clause, metadata) : holds(clause, find(metadata, clause.key))
  return filter.conjunction === 'and' ? filter.clauses.every(passes) : filter.clauses.some(passes)
}

function find(metadata: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(metadata, key) ? metadata[key] : undefined
}

function holds({ operator, value }: FilterCondition, found: Value | undefined): boolean {
  switch (operator) {
    case 'equals':
      return found !== undefined && compare(found, value) === 0
    case 'not_equals':
      return found === undefined || compare(found, value) !== 0
    case 'contains':
      return found !== undefined && String(found).includes(String(value))
    case 'does_not_contain':
      return found === undefined || !String(found).includes(String(value))
    default:
      return found !== undefined && isOrdered(operator, found, value)
  }
}

/** Only numbers have an order. */
function isOrdered(operator: FilterOperator, found: Value, value: Value): boolean {
  const [a, b] = [decimalOf(found), decimalOf(value)]
  if (a === undefined || b === undefined) return false
  if (operator === 'greater_than') return a > b
  if (operator === 'greater_than_or_equals') return a >= b
  return operator === 'less_than' ? a < b : a <= b
}

function compare(a: Value, b: Value): 0 | 1 {
  const [x, y] = [decimalOf(a), decimalOf(b)]
  if (x !== undefined && y !== undefined) return x === y ? 0 : 1
  return String(a) === String(b) ? 0 : 1
}

/** A value of an event as an exact number; undefined where it is none. Example: 1e-7 and '0.0000001' are the same. */
export function decimalOf(value: Value | undefined): bigint | undefined {
  if (typeof value === 'string') return findDecimal(value)
  if (typeof value !== 'number') return undefined
  const text = String(value)
  return findDecimal(text.includes('e') ? value.toFixed(12) : text)
}
