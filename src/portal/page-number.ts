// Pages of a list: `?page=` counts from 1, and whether there is another one is seen by its first row, which is read along.
import type { Page } from '#core/paging.ts'
import { Elsewhere } from '#door/elsewhere.ts'
import type { AppContext } from '#src/app-env.ts'

const DEEPEST_PAGE = 10_000

export interface PageOf<Row> {
  /** From 1. */
  page_number: number
  has_more: boolean
  rows: Row[]
}

/** The page the address asks for; the first where it asks for none that could be. Throws what leads there where it asks for one beyond the last. */
export async function readPageOf<Row>(
  c: AppContext,
  page_size: number,
  list: (page: Page) => Promise<Row[]>,
): Promise<PageOf<Row>> {
  const page_number = readPageNumber(c)
  const number = page_number - 1
  const found = await list({ page_number: number, page_size: page_size + 1, offset: number * page_size })
  assertReached(c, page_number, found)
  return { page_number, has_more: found.length > page_size, rows: found.slice(0, page_size) }
}

/** From 1; whatever is no page is the first. */
export function readPageNumber(c: AppContext): number {
  const number = Number(c.req.query('page') ?? 1)
  return Number.isInteger(number) && number >= 1 && number <= DEEPEST_PAGE ? number : 1
}

/** A page with nothing on it would say that there is nothing: it leads to the first, at the same address without its number. */
export function assertReached(c: AppContext, page_number: number, rows: readonly unknown[]): void {
  if (page_number === 1 || rows.length > 0) return
  const { pathname, searchParams } = new URL(c.req.url)
  searchParams.delete('page')
  const query = searchParams.size === 0 ? '' : `?${searchParams}`
  throw new Elsewhere(`${c.var.ctx.urls.base}${pathname}${query}`)
}
