import { Hono } from 'hono'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import type { Ctx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { answerError } from './answer-error.ts'
import type { ApiEnv } from './env.ts'
import { assertSecure } from './secure-address.ts'

async function answerTo(error: Error) {
  const lines: string[] = []
  const log = pino({}, { write: (line) => lines.push(line) })
  const app = new Hono<ApiEnv>()
  app.use(async (c, next) => {
    c.set('ctx', { log } as Partial<Ctx> as Ctx)
    await next()
  })
  app.onError(answerError)
  app.get('/', () => {
    throw error
  })
  const answer = await app.request('/')
  return { status: answer.status, headers: answer.headers, body: await answer.json(), logged: lines.join('') }
}

describe('an error is answered', () => {
  test('as what it is, where it was expected', async () => {
    const { status, body, headers, logged } = await answerTo(new AppError('NOT_FOUND', { message: 'No such thing' }))
    expect([status, body, logged]).toEqual([404, { code: 'NOT_FOUND', message: 'No such thing' }, ''])
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.has('x-should-retry')).toBe(false)
  })

  test('with advice against asking again, where it is a conflict', async () => {
    const { status, headers } = await answerTo(new AppError('PREVIOUS_PAYMENT_PENDING'))
    expect([status, headers.get('x-should-retry')]).toEqual([409, 'false'])
  })

  test('with a time to come back, where the database is away', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' })
    const { status, headers, body } = await answerTo(away)
    expect([status, headers.get('retry-after')]).toEqual([503, '5'])
    expect(body).toEqual({
      code: 'SERVICE_UNAVAILABLE',
      message: 'The database does not answer; try again in a moment',
    })
  })

  test('without a word of its cause, where it is our fault; the log has it', async () => {
    const { status, body, logged } = await answerTo(new Error('column "secret" does not exist'))
    expect([status, body]).toEqual([
      500,
      { code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on our side' },
    ])
    expect(logged).toContain('column \\"secret\\" does not exist')
  })
})

describe('people are sent', () => {
  const live = { mode: 'live' } as Ctx
  const inTest = { mode: 'test' } as Ctx
  test('over https only in live mode', () => {
    expect(() => assertSecure(live, 'http://shop.example.com', 'return_url')).toThrow(
      'return_url must be an https address',
    )
    expect(() => assertSecure(live, 'HTTPS://shop.example.com', 'return_url')).not.toThrow()
    expect(() => assertSecure(live, null, 'return_url')).not.toThrow()
    expect(() => assertSecure(inTest, 'http://localhost:4000', 'return_url')).not.toThrow()
  })
})
