import type { Dues, DuesLine } from '#core/payments/queries.ts'

/** The lines of a subscription among those of its dues: a checkout's may also hold what is bought once, with add-ons of its own. */
export function ownLines<Line extends Pick<DuesLine, 'product_id'>>(
  lines: readonly Line[],
  kind: Dues['kind'],
  product_id: string,
): Set<Line> {
  if (kind !== 'checkout') return new Set(lines)
  let within = false
  return new Set(
    lines.filter((line) => {
      if (line.product_id !== null) within = line.product_id === product_id
      return within
    }),
  )
}
