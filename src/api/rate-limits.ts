// How often one key, or one address without a key, may ask. Counters live in this process.

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Business } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

interface Allowance {
  per_second: number
  per_minute: number
}

/** By the business's tier; 'unlimited' is absent. */
const tiers: Record<string, Allowance> = {
  '0': { per_second: 40, per_minute: 240 },
  '1': { per_second: 100, per_minute: 1_000 },
  '2': { per_second: 500, per_minute: 5_000 },
}
const withoutKey: Allowance = { per_second: 20, per_minute: 100 }
/** Of one license key, from wherever it is asked. */
const ofLicenseKey: Allowance = { per_second: 10, per_minute: 120 }

/** What is sent along: the limit of a minute, what is left of it, and when it is whole again in Unix seconds. */
export interface RateHeaders {
  'X-RateLimit-Limit': string
  'X-RateLimit-Remaining': string
  'X-RateLimit-Reset': string
}

export interface RateLimits {
  /** Undefined for a business without limits. Throws TooManyRequests. */
  countKey(business: Business, api_key_id: string): Promise<RateHeaders | undefined>
  countAddress(client_ip: string): Promise<RateHeaders>
  countLicenseKey(license_key: string): Promise<RateHeaders>
}

export class TooManyRequests extends AppError {
  readonly headers: RateHeaders & { 'Retry-After': string }

  constructor(headers: RateHeaders, retryAfterSeconds: number) {
    super('TOO_MANY_REQUESTS', { message: `Too many requests; try again in ${retryAfterSeconds} s` })
    this.headers = { ...headers, 'Retry-After': String(retryAfterSeconds) }
  }
}

export function createRateLimits(): RateLimits {
  const byTier = new Map(Object.entries(tiers).map(([tier, allowance]) => [tier, counterOf(`key:${tier}`, allowance)]))
  const byAddress = counterOf('address', withoutKey)
  return {
    async countKey({ rate_limit_tier }, api_key_id) {
      return rate_limit_tier === 'unlimited' ? undefined : (byTier.get(rate_limit_tier) ?? byAddress)(api_key_id)
    },
    countAddress: byAddress,
    countLicenseKey: counterOf('license', ofLicenseKey),
  }
}

type Counter = (who: string) => Promise<RateHeaders>

function counterOf(keyPrefix: string, { per_second, per_minute }: Allowance): Counter {
  const burst = new RateLimiterMemory({ keyPrefix: `${keyPrefix}:s`, points: per_second, duration: 1 })
  const steady = new RateLimiterMemory({ keyPrefix: `${keyPrefix}:m`, points: per_minute, duration: 60 })
  return async (who) => {
    const minute = await taken(steady, who)
    const headers = headersOf(per_minute, minute)
    const second = await taken(burst, who)
    const full = [minute, second].filter((counted) => counted.refused)
    if (full.length === 0) return headers
    const wait = Math.max(...full.map((counted) => counted.msBeforeNext))
    throw new TooManyRequests({ ...headers, 'X-RateLimit-Remaining': '0' }, Math.max(1, Math.ceil(wait / 1_000)))
  }
}

interface Counted {
  remaining: number
  msBeforeNext: number
  refused: boolean
}

async function taken(limiter: RateLimiterMemory, who: string): Promise<Counted> {
  try {
    const { remainingPoints, msBeforeNext } = await limiter.consume(who)
    return { remaining: remainingPoints, msBeforeNext, refused: false }
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    return { remaining: 0, msBeforeNext: refusal.msBeforeNext, refused: true }
  }
}

function headersOf(limit: number, { remaining, msBeforeNext }: Counted): RateHeaders {
  const reset = Temporal.Now.instant().add({ milliseconds: msBeforeNext })
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(Math.ceil(reset.epochMilliseconds / 1_000)),
  }
}
