import type { Portico } from '#cli/open.ts'
import type { Options, ValuesOf } from '#cli/option.ts'

export interface Answer {
  /** What --json prints on one line. */
  data: Record<string, unknown>
  /** The same for a person. */
  text: string
}

export interface Command {
  /** As it is typed: 'business create'. */
  name: string
  says: string
  options: Options
  run(portico: Portico, values: Record<string, unknown>): Promise<Answer>
}

interface Definition<O extends Options> {
  name: string
  says: string
  options: O
  run(portico: Portico, values: ValuesOf<O>): Promise<Answer>
}

/** The options' types are known to `run` and forgotten outside. */
export function command<O extends Options>(definition: Definition<O>): Command {
  return definition as unknown as Command
}
