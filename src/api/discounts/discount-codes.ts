import { AppError } from '#src/errors.ts'

/** Null and undefined say that the request leaves them out. */
export function toCodes(body: {
  discount_code?: string | null | undefined
  discount_codes?: string[] | null | undefined
}): string[] | undefined {
  const { discount_code, discount_codes } = body
  if (discount_code && discount_codes) {
    throw new AppError('INVALID_REQUEST_BODY', {
      message: 'discount_code cannot be sent together with discount_codes',
      field: 'discount_code',
    })
  }
  return discount_codes ?? (discount_code ? [discount_code] : undefined)
}
