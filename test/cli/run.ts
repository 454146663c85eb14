// Programs of ours as an operator starts them: processes of their own, with an environment of their own.
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

async function run(program: string, args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, stdout, stderr }
}

export const runPortico = (args: readonly string[], env: Record<string, string>) => run('src/cli/portico.ts', args, env)
export const runServer = (env: Record<string, string>) => run('src/main.ts', [], { LOG_LEVEL: 'silent', ...env })

/** What --json promises: one line, and nothing else on standard output. */
export function jsonOf({ code, stdout, stderr }: Ended): Record<string, unknown> {
  if (code !== 0) throw new Error(`it ended with ${code}: ${stderr}`)
  if (!/^[^\n]+\n$/.test(stdout)) throw new Error(`it printed more or less than a line: ${stdout}`)
  return JSON.parse(stdout)
}
