// Page-numbered reading: zero-based, newest first, as the API has it.

export interface Page {
  page_number: number
  page_size: number
  /** Where it begins, in place of what the number of the page says: for whoever reads one row more than a page has. */
  offset?: number
}

export function offsetOf({ page_number, page_size, offset }: Page): number {
  return offset ?? page_number * page_size
}
