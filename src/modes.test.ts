import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Processor } from '#processors/processor.ts'
import { readConfig } from '#src/config.ts'
import { assembleModes } from '#src/modes.ts'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { createFakeProcessor } from '#test/support/fake-processor.ts'

const complete = {
  PORTICO_TEST_URL: 'http://localhost:3000',
  PORTICO_LIVE_URL: 'https://billing.linden.example',
  SECRET_KEY: 'a secret key of the tests, 32 or more characters',
  SMTP_URL: 'smtp://127.0.0.1:2525',
  MAIL_FROM: 'portal@linden.example',
}

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

async function assemble(env: Partial<typeof complete>, liveProcessors: readonly Processor[] = [createFakeProcessor()]) {
  return assembleModes({
    config: readConfig(env),
    connections: database.connections,
    secretKey: complete.SECRET_KEY,
    log: pino({ level: 'silent' }),
    liveProcessors,
  })
}

test('with all it needs live mode is on; without its URL it is off and nothing is missing', async () => {
  expect((await assemble(complete)).live?.ctx.mode).toBe('live')
  expect((await assemble({})).live).toBeUndefined()
})

test.each(['SECRET_KEY', 'SMTP_URL', 'MAIL_FROM'] as const)(
  'live mode refuses to start without %s, by name',
  async (name) => {
    const env: Partial<typeof complete> = { ...complete }
    delete env[name]
    await expect(assemble(env)).rejects.toThrow(name)
  },
)

test('live mode refuses to start with no processor, or with the simulator alone', async () => {
  await expect(assemble(complete, [])).rejects.toThrow('payment processor')
  await expect(assemble(complete, [{ ...createFakeProcessor(), live: false }])).rejects.toThrow('payment processor')
})

test('a simulator that is handed in beside a real processor is not used in live mode', async () => {
  const simulator = { ...createFakeProcessor(), name: 'simulator', live: false }
  const { live } = await assemble(complete, [simulator, createFakeProcessor()])
  expect(live?.ctx.processors.map(({ name }) => name)).toEqual(['bank'])
})

test.each(['http://localhost:3000', 'https://localhost:3000'])(
  'live at %s cannot be told from test at http://localhost:3000',
  async (PORTICO_LIVE_URL) => {
    await expect(assemble({ ...complete, PORTICO_LIVE_URL })).rejects.toThrow('must differ')
  },
)
