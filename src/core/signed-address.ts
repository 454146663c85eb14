// Addresses that work by themselves, without a key, for a while: what they are signed with is all it takes.
import { timingSafeEqual } from 'node:crypto'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** As the address says it. */
export interface Signed {
  /** Seconds of Unix time. */
  until: string
  signature: string
}

/** `expired` is one that was ours and has ended; `none` never was. */
export function readSignature(
  ctx: BusinessCtx,
  { until, signature }: Signed,
  sign: (until: number) => Buffer,
): 'valid' | 'expired' | 'none' {
  const ends = /^\d{1,12}$/.test(until) ? Number(until) : 0
  const given = Buffer.from(signature, 'base64url')
  const right = sign(ends)
  if (given.length !== right.length || !timingSafeEqual(given, right)) return 'none'
  return ctx.wall.now().epochMilliseconds < ends * 1000 ? 'valid' : 'expired'
}

/** Throws FORBIDDEN for one that has ended, or that never was ours. */
export function assertSigned(ctx: BusinessCtx, signed: Signed, sign: (until: number) => Buffer): void {
  const found = readSignature(ctx, signed, sign)
  if (found === 'none') throw forgedAddress()
  if (found === 'expired') {
    throw new AppError('FORBIDDEN', { message: 'This address has ended; ask for a new one by the API' })
  }
}

/** Also for what nobody could have signed: an address does not tell who is there. */
export function forgedAddress(): AppError {
  return new AppError('FORBIDDEN', { message: 'This address is not one of ours; ask for one by the API' })
}
