// Scripts that run beside this process: each is handed one message and answers with one.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Runs on until it is disconnected; rejects where it ends before it answered. */
export async function startChild<Answer>(
  script: string,
  input: object,
): Promise<{ child: ChildProcess; answer: Answer }> {
  const child = fork(join(import.meta.dirname, script), { serialization: 'advanced', execArgv: [] })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} ended with ${code}`)
  })
  child.send(input)
  const [answer] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  return { child, answer }
}
