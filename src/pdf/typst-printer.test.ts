import { afterEach, expect, test } from 'vitest'
import { TypstPrinter } from './typst-printer.ts'

// A thread that does what its job says.
const code = `
  import { parentPort } from 'node:worker_threads'
  parentPort.on('message', ({ id, sheet }) => {
    if (sheet === 'exit') process.exit(3)
    if (sheet === 'throw') throw new Error('broken')
    if (sheet === 'hang') for (;;);
    if (sheet === 'refuse') parentPort.postMessage({ id, failure: 'no such font' })
    else parentPort.postMessage({ id, pdf: new TextEncoder().encode(sheet) })
  })`
const thread = new URL(`data:text/javascript,${encodeURIComponent(code)}`)

let printer: TypstPrinter
afterEach(() => printer.close())

const print = async (sheet: string) => new TextDecoder().decode(await printer.print(sheet))

test.each([
  ['exit', 'ended with code 3'],
  ['throw', 'broken'],
  ['hang', 'took too long'],
  ['refuse', 'no such font'],
])('a job that makes the thread %s fails alone', async (bad, reason) => {
  printer = new TypstPrinter({ thread, timeLimit: 500 })
  const answers = await Promise.allSettled(['a', bad, 'b', 'c'].map(print))
  expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : String(answer.reason)))).toEqual([
    'a',
    expect.stringContaining(reason),
    'b',
    'c',
  ])
})

test('more jobs than may wait are refused', async () => {
  printer = new TypstPrinter({ thread, maxWaiting: 2 })
  const answers = await Promise.allSettled(['a', 'b', 'c', 'd'].map(print))
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
})

test('closing fails what is waiting; afterwards it prints again', async () => {
  printer = new TypstPrinter({ thread })
  const waiting = Promise.allSettled(['a', 'b'].map(print))
  await printer.close()
  expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await print('again')).toBe('again')
})
