// What may follow a command: how each value is written, and how it is read.

import type { z } from '@hono/zod-openapi'
import { UsageError } from '#cli/usage-error.ts'

export interface Option<T = unknown, Needed extends boolean = boolean> {
  /** Stands for the value in the help; undefined for a switch, which takes none. */
  takes: string | undefined
  says: string
  required: Needed
  /** Throws what is wrong as a predicate: 'must be …'. */
  read(text: string): T
}

export type Options = Record<string, Option>

/** What a command is handed; an option that was left out and is not required is undefined. */
export type ValuesOf<O extends Options> = {
  [Name in keyof O]: O[Name] extends Option<infer T, infer Needed> ? (Needed extends true ? T : T | undefined) : never
}

/** An option whose value a schema of the API reads, so that both doors accept the same. */
export function option<T>(takes: string, says: string, schema: z.ZodType<T>): Option<T, false> {
  const read = (text: string): T => {
    const parsed = schema.safeParse(text)
    if (parsed.success) return parsed.data
    throw new UsageError(parsed.error.issues[0]?.message ?? 'is not valid')
  }
  return { takes, says, required: false, read }
}

/** On where it is named. */
export function flag(says: string): Option<true, false> {
  return { takes: undefined, says, required: false, read: () => true }
}

export function required<T>(optional: Option<T>): Option<T, true> {
  return { ...optional, required: true }
}

/** An empty value takes away what was there. */
export function clearable<T>(optional: Option<T>): Option<T | null, false> {
  const says = `${optional.says}; "" clears it`
  return { ...optional, says, required: false, read: (text) => (text === '' ? null : optional.read(text)) }
}

/** legal_name is --legal-name on the command line. */
export function flagOf(name: string): string {
  return `--${name.replaceAll('_', '-')}`
}
