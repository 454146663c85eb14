// `npm run check`: format, lint, import walls, types, dead code, messages, generated files. All run; the first words of a failure name it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'

interface Check {
  name: string
  command: string[]
}

const tsx = ['node', '--import', 'tsx']

const checks: Check[] = [
  { name: 'format, lint and import walls', command: ['biome', 'ci', '--colors=off', '--error-on-warnings', '.'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'dead code', command: ['knip'] },
  { name: 'messages', command: [...tsx, 'scripts/check-messages.ts'] },
  { name: 'queries keep tenants and modes apart', command: [...tsx, 'scripts/check-queries.ts'] },
  { name: 'table of compatible operations', command: [...tsx, 'scripts/generate-compatibility.ts', '--check'] },
  { name: 'generated schema and shipped migrations', command: [...tsx, 'scripts/generate-schema.ts', '--check'] },
]

const root = join(import.meta.dirname, '..')

function run({ command: [program = '', ...args] }: Check): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1' } })
    let output = ''
    child.stdout.on('data', (data) => {
      output += data
    })
    child.stderr.on('data', (data) => {
      output += data
    })
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

let failed = 0
for (const check of checks) {
  const { code, output } = await run(check)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name}`)
  if (code !== 0) {
    failed += 1
    console.log(output)
  }
}
console.log(`${checks.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
