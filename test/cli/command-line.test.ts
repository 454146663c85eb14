import { expect, it } from 'vitest'
import { readCommandLine } from '#cli/command-line.ts'
import { commands } from '#cli/commands.ts'
import { readSpan } from '#cli/span.ts'

const ask = (line: string) => readCommandLine(commands, line.split(' ').filter(Boolean))

it.each([
  ['frobnicate', 'There is no command "portico frobnicate"; portico --help lists them.'],
  ['business', 'There is no command "portico business"; portico --help lists them.'],
  ['business create --nme X', 'There is no option --nme; see portico business create --help.'],
  ['business create -n X', 'There is no option -n; see portico business create --help.'],
  ['business create --name', '--name needs a value: --name NAME.'],
  ['business create --name --email a@b.example', '--name needs a value: --name NAME.'],
  ['business create --name X', '--email is missing; see portico business create --help.'],
  ['business create --name X --name Y', '--name is given twice; name it once.'],
  ['business create --name= --email a@b.example', '--name must not be blank.'],
  ['business create --name X --email nobody', '--email must be one e-mail address, such as mara@example.com.'],
  [
    'business create --name X --email a@b.example --country XX',
    '--country must be an ISO 3166-1 code of two letters, such as SE.',
  ],
  [
    'business create --name X --email a@b.example --currency EURO',
    '--currency must be an ISO 4217 code of three letters, such as EUR.',
  ],
  [
    'business create --name X --email a@b.example --timezone Mars/One',
    '--timezone must be a name of the IANA time zone database, such as Europe/Stockholm.',
  ],
  [
    'business create --name X --email a@b.example --timezone +02:00',
    '--timezone must be a name of the IANA time zone database, such as Europe/Stockholm.',
  ],
  [
    'business create --name X --email a@b.example --invoice-prefix A_B',
    '--invoice-prefix must be at most 12 letters, digits and hyphens.',
  ],
  ['business set --business mine --name X', '--business must be an id such as bus_0abc.'],
  ['business set --business bus_1 --rate-limit-tier 9', '--rate-limit-tier must be 0 or 1 or 2 or unlimited.'],
  [
    'business set --business bus_1 --return-url javascript:1',
    '--return-url must be an absolute http or https address.',
  ],
  [
    'business set --business bus_1 --allow-subscription-updates maybe',
    '--allow-subscription-updates must be true or false.',
  ],
  ['time advance --business bus_1 --by 3x', '--by must be a span such as 30d, 2w, 1mo, 1y or P1M2D.'],
  ['time advance --business bus_1 --to tomorrow', '--to must be a time such as 2026-03-31T09:30:00Z.'],
  ['mail list --limit 0', '--limit must be at least 1.'],
  ['demo again', '"again" follows no option; quote a value that has spaces.'],
  ['demo --json=1', '--json takes no value.'],
])('portico %s is refused in one sentence', (line, sentence) => {
  expect(() => ask(line)).toThrow(expect.objectContaining({ name: 'UsageError', message: sentence }))
})

it('reads values as they will be stored', () => {
  const asked = ask(
    'business create --name X --email a@b.example --country se --currency=eur --timezone europe/stockholm --json',
  )
  expect(asked).toMatchObject({
    type: 'run',
    json: true,
    values: { name: 'X', email: 'a@b.example', country: 'SE', currency: 'EUR', timezone: 'Europe/Stockholm' },
  })
  const address = [
    'business',
    'set',
    '--business',
    'bus_1',
    '--address',
    'Hornsgatan 2\\n117 34 Stockholm',
    '--tax-id',
    '',
  ]
  expect(readCommandLine(commands, address)).toMatchObject({
    values: { business: 'bus_1', address: 'Hornsgatan 2\n117 34 Stockholm', tax_id: null },
  })
})

it('helps with everything there is', () => {
  for (const line of ['', '--help', 'business --help', ...commands.map(({ name }) => `${name} --help`)]) {
    expect(ask(line).type).toBe('help')
  }
  const help = ask('business --help')
  expect(help).toMatchObject({ text: expect.stringContaining('portico business set') })
  expect(help).not.toMatchObject({ text: expect.stringContaining('portico mail list') })
  for (const { name, options } of commands) {
    const { text } = ask(`${name} --help`) as { text: string }
    for (const option of Object.keys(options)) expect(text).toContain(`--${option.replaceAll('_', '-')}`)
  }
})

it.each([
  ['30d', 'P30D'],
  ['2w', 'P2W'],
  ['1mo', 'P1M'],
  ['1y', 'P1Y'],
  ['12h', 'PT12H'],
  ['P1M2DT3H', 'P1M2DT3H'],
  ['0d', undefined],
  ['-P1D', undefined],
  ['PT0S', undefined],
  ['101y', undefined],
  ['30', undefined],
  ['1m', undefined],
])('the span %s is %s', (text, iso) => {
  expect(readSpan(text)?.toString()).toBe(iso)
})
