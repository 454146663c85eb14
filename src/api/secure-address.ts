import type { Ctx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** An address people are sent to. Throws where live mode would send them over plain http. */
export function assertSecure(ctx: Ctx, address: string | null | undefined, field: string): void {
  if (ctx.mode !== 'live' || address === null || address === undefined || /^https:/i.test(address)) return
  throw new AppError('INVALID_REQUEST_PARAMETERS', { message: `${field} must be an https address in live mode`, field })
}
