// How much the files of a business may take together.
import { sql } from 'kysely'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** What is left, at the moment. Throws PAYLOAD_TOO_LARGE where that is nothing. */
export async function readRoom(ctx: BusinessCtx): Promise<number> {
  const { taken } = await from(ctx, 'files')
    .select((eb) => eb.fn.sum<string | null>('size').as('taken'))
    .where('state', '=', 'stored')
    .executeTakeFirstOrThrow()
  const room = ctx.files_per_business - Number(taken ?? 0)
  if (room <= 0) throw noRoom(ctx)
  return room
}

/** Whoever stores a file of the business comes one after the other, until the end of the transaction. Throws PAYLOAD_TOO_LARGE. */
export async function takeRoom(ctx: BusinessCtx, size: number): Promise<void> {
  const lock = `files of ${ctx.business.business_id}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(ctx.db)
  if (size > (await readRoom(ctx))) throw noRoom(ctx)
}

export function noRoom({ files_per_business }: BusinessCtx): AppError {
  const gigabytes = Number((files_per_business / 1024 ** 3).toPrecision(3))
  return new AppError('PAYLOAD_TOO_LARGE', {
    message: `There is no room for this file: those of a business may take ${gigabytes} GiB together; take some away first`,
  })
}
