// The schemas of the database. Queries never name one: the connection's search path does.

/** The schemas that have a pool each. `accounts` is read through the pools of the modes. */
export const modeSchemas = ['test', 'live', 'sandbox'] as const
export type ModeSchema = (typeof modeSchemas)[number]

export function searchPathOf(schema: ModeSchema): string[] {
  return schema === 'sandbox' ? ['sandbox'] : [schema, 'accounts']
}
