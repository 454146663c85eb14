// How often one address may knock. By the caller's address only: a stranger can never lock out somebody else's.
import { limiter } from '#door/limiter.ts'
import type { AppContext } from '#src/app-env.ts'

const perMinute = limiter(30, 60)

export async function limitSignIns(c: AppContext, next: () => Promise<void>) {
  await perMinute(c, c.var.client_ip)
  return next()
}
