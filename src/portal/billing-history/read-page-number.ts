import type { AppContext } from '#src/app-env.ts'

const DEEPEST_PAGE = 10_000

/** From 1; whatever is no page is the first. */
export function readPageNumber(c: AppContext): number {
  const number = Number(c.req.query('page') ?? 1)
  return Number.isInteger(number) && number >= 1 && number <= DEEPEST_PAGE ? number : 1
}
