import type { Command } from '#cli/command.ts'
import { flagOf, type Option } from '#cli/option.ts'
import { table } from '#cli/table.ts'

/** All commands, or those of one word: `portico business --help`. */
export function overviewOf(commands: readonly Command[], word?: string): string {
  const matching = commands.filter(({ name }) => word === undefined || name.startsWith(`${word} `))
  const shown = matching.length > 0 ? matching : commands
  return [
    'portico: the operator’s command. It works on DATABASE_URL or DATA_DIR, beside a running server or without one.',
    '',
    ...table(shown.map(({ name, says }) => [`portico ${name}`, says])),
    '',
    'portico COMMAND --help tells its options; --json prints one line with an object.',
  ].join('\n')
}

export function helpOf({ name, says, options }: Command): string {
  const entries = Object.entries(options)
  const needed = entries.filter(([, option]) => option.required).map(([flag, option]) => ` ${usage(flag, option)}`)
  const rows = entries.map(([flag, option]) => [usage(flag, option), option.says])
  return [
    `portico ${name}${needed.join('')}${entries.length > needed.length ? ' [options]' : ''}`,
    '',
    says,
    '',
    ...table([...rows, ['--json', 'print one line with an object']]),
  ].join('\n')
}

function usage(name: string, { takes }: Option): string {
  return takes === undefined ? flagOf(name) : `${flagOf(name)} ${takes}`
}
