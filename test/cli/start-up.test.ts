// A server that cannot start says so in one sentence, without a stack, and leaves nothing behind.
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { makeDataDirectory, removeDataDirectory, startOtherProcess } from '#test/support/data-directory.ts'
import { createOperatorWorld } from './operator-world.ts'
import { type Ended, runServer } from './run.ts'

function sentenceOf({ code, stdout, stderr }: Ended): string {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^[^\n]+\.\n$/)
  return stderr
}

function newDataDirectory(): string {
  const dataDir = makeDataDirectory()
  onTestFinished(() => removeDataDirectory(dataDir))
  return dataDir
}

it('names a busy port and another one', async () => {
  const busy = createServer().listen(0, '127.0.0.1')
  await once(busy, 'listening')
  const { port } = busy.address() as AddressInfo
  const { env, close } = await createOperatorWorld()
  try {
    const sentence = sentenceOf(await runServer({ ...env, PORT: String(port) }))
    expect(sentence).toContain(`Port ${port} is taken`)
    expect(sentence).toContain(`PORT=${port + 1}`)
  } finally {
    busy.close()
    await close()
  }
})

it('names who holds the data directory', { timeout: 90_000 }, async () => {
  const dataDir = newDataDirectory()
  const holder = await startOtherProcess(dataDir, { role: 'server' })
  expect(holder.answer.error).toBeUndefined()
  const sentence = sentenceOf(await runServer({ DATA_DIR: dataDir, PORT: '0' }))
  expect(sentence).toContain(`in use by process ${holder.pid} `)
  expect(sentence).toContain('set DATA_DIR to another directory')
  await holder.stop()
})

it('names the database that does not answer, without its password', async () => {
  const DATABASE_URL = 'postgresql://portico:hush-hush@127.0.0.1:1/portico'
  const sentence = sentenceOf(await runServer({ DATABASE_URL, SECRET_KEY: 'x'.repeat(32), PORT: '0' }))
  expect(sentence).toContain('127.0.0.1:1')
  expect(sentence).toContain('DATABASE_URL')
  expect(sentence).not.toContain('hush-hush')
})

it.each([
  ['its key', { SECRET_KEY: '' }, 'set SECRET_KEY'],
  ['its mails', {}, 'also needs SMTP_URL, MAIL_FROM'],
])('names what live mode lacks: %s', async (_, settings, lacking) => {
  const { env, close } = await createOperatorWorld()
  try {
    const live = { PORT: '0', PORTICO_LIVE_URL: 'https://billing.linden.example' }
    expect(sentenceOf(await runServer({ ...env, ...live, ...settings }))).toContain(lacking)
  } finally {
    await close()
  }
})
