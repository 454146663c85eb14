// From the words typed to the command and its values, or to the help that was asked for.
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { Command } from '#cli/command.ts'
import { helpOf, overviewOf } from '#cli/help.ts'
import { flagOf } from '#cli/option.ts'
import { UsageError } from '#cli/usage-error.ts'

export type Asked =
  | { type: 'help'; text: string }
  | { type: 'run'; command: Command; values: Record<string, unknown>; json: boolean }

/** Throws a UsageError whose message is one sentence. */
export function readCommandLine(commands: readonly Command[], argv: readonly string[]): Asked {
  const words = leadingWords(argv)
  const command = commands.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '))
  const wantsHelp = argv.includes('--help') || argv.includes('-h')
  if (command === undefined) {
    if (wantsHelp || argv.length === 0) return { type: 'help', text: overviewOf(commands, words[0]) }
    throw new UsageError(`There is no command "portico ${words.join(' ')}"; portico --help lists them.`)
  }
  if (wantsHelp) return { type: 'help', text: helpOf(command) }
  const { values, json } = readOptions(command, argv.slice(command.name.split(' ').length))
  return { type: 'run', command, values, json }
}

function leadingWords(argv: readonly string[]): string[] {
  const first = argv.findIndex((word) => word.startsWith('-'))
  return argv.slice(0, first === -1 ? argv.length : first)
}

function readOptions(command: Command, args: readonly string[]) {
  const texts = readTexts(command, args)
  const values: Record<string, unknown> = {}
  for (const [name, { required, read }] of Object.entries(command.options)) {
    const text = texts.get(flagOf(name))
    if (text !== undefined) values[name] = explained(flagOf(name), () => read(text))
    else if (required) throw new UsageError(`${flagOf(name)} is missing; see portico ${command.name} --help.`)
  }
  return { values, json: texts.has('--json') }
}

/** Node's parser splits the words; what is wrong with them is told here, in our own sentences. */
function readTexts(command: Command, args: readonly string[]): Map<string, string> {
  const named = Object.entries(command.options).map(([name, option]) => [flagOf(name), option.takes] as const)
  const known = new Map<string, string | undefined>([...named, ['--json', undefined]])
  const options = Object.fromEntries(
    [...known].map(([name, takes]) => [name.slice(2), { type: takes === undefined ? 'boolean' : 'string' }]),
  ) as ParseArgsOptionsConfig
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
  const texts = new Map<string, string>()
  for (const token of tokens) {
    if (token.kind === 'positional')
      throw new UsageError(`"${token.value}" follows no option; quote a value that has spaces.`)
    if (token.kind === 'option-terminator') throw new UsageError('A lone -- has no meaning here; leave it out.')
    const { rawName, value, inlineValue } = token
    if (!known.has(rawName)) throw new UsageError(`There is no option ${rawName}; see portico ${command.name} --help.`)
    if (texts.has(rawName)) throw new UsageError(`${rawName} is given twice; name it once.`)
    const takes = known.get(rawName)
    if (takes === undefined && value !== undefined) throw new UsageError(`${rawName} takes no value.`)
    if (takes !== undefined && (value === undefined || (!inlineValue && value.startsWith('-') && value !== '-'))) {
      throw new UsageError(`${rawName} needs a value: ${rawName} ${takes}.`)
    }
    texts.set(rawName, value ?? '')
  }
  return texts
}

function explained<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${name} ${error.message}.`) : error
  }
}
