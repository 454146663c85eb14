// Page-numbered reading: zero-based, newest first, as the API has it.

export interface Page {
  page_number: number
  page_size: number
}

export function offsetOf({ page_number, page_size }: Page): number {
  return page_number * page_size
}
