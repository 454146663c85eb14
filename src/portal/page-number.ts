// Pages of a list: `?page=` counts from 1, and whether there is another one is seen by looking for its first row.
import type { Page } from '#core/paging.ts'
import type { AppContext } from '#src/app-env.ts'

const DEEPEST_PAGE = 10_000

export interface PageOf<Row> {
  /** From 1. */
  page_number: number
  has_more: boolean
  rows: Row[]
}

/** The page the address asks for; the first where it asks for none that could be. */
export async function readPageOf<Row>(
  c: AppContext,
  page_size: number,
  list: (page: Page) => Promise<Row[]>,
): Promise<PageOf<Row>> {
  const page_number = readPageNumber(c)
  const [rows, next] = await Promise.all([
    list({ page_number: page_number - 1, page_size }),
    list({ page_number: page_number * page_size, page_size: 1 }),
  ])
  return { page_number, has_more: next.length > 0, rows }
}

function readPageNumber(c: AppContext): number {
  const number = Number(c.req.query('page') ?? 1)
  return Number.isInteger(number) && number >= 1 && number <= DEEPEST_PAGE ? number : 1
}
