// Writes the table of docs/api-compatibility.md from the operations of the published SDK and from our own; with --check only says whether
// it is still right.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint } from '#api/endpoint.ts'
import { endpoints } from '#api/endpoints.ts'
import { documentFor } from '#api/openapi.ts'
import { readSdkOperations, type SdkOperation } from './sdk-operations.ts'

/** What a self-hosted portal has no source for: these answer 404, and are to. */
const elsewhere: Readonly<Record<string, string>> = {
  balances: 'the money is with your payment processor, and so are its statements',
  payouts: 'the money is with your payment processor, and so are its payouts',
  'invoices.payments.retrievePayout': 'the money is with your payment processor, and so are its payouts',
  disputes: 'a dispute is told on its payment and by webhook, and answered at your payment processor',
  blocklist: 'your payment processor blocks cards; here you cancel and do not invite',
  moderation: 'no part of subscriptions',
}

const page = join(import.meta.dirname, '..', 'docs', 'api-compatibility.md')
const BEGIN = '<!-- operations -->'
const END = '<!-- /operations -->'

function tables(): string {
  const sdk = readSdkOperations()
  const inSdk = new Set(sdk.map(keyOf))
  const rest = endpoints.filter((one) => !inSdk.has(keyOf(one)))
  const own = rest.filter(({ path }) => path.startsWith('/portico/'))
  const served = sdk.filter((one) => findEndpoint(one) !== undefined)
  const published = rest.filter(({ path }) => !path.startsWith('/portico/'))
  return [
    `${served.length} of the SDK's ${sdk.length} operations are served.`,
    table(
      ['operation', 'SDK', 'here'],
      sdk.map((one) => [address(one), `\`${one.name}\``, standing(one)]),
    ),
    'What `partly` means, operation by operation:',
    [...served.flatMap(told), ...published.flatMap(told)].join('\n'),
    'Published without a method of the SDK:',
    table(
      ['operation', 'here'],
      published.map((one) => [address(one), differences(one).length === 0 ? 'same' : 'partly']),
    ),
    "Portico's own:",
    table(
      ['operation', 'what it does'],
      own.map((one) => [address(one), one.mode === 'test' ? `${one.summary}; in test mode only` : one.summary]),
    ),
  ].join('\n\n')
}

type Addressed = Pick<SdkOperation, 'method' | 'path'>

const keyOf = ({ method, path }: Addressed) => `${method} ${path.replaceAll(/\{\w*\}/g, '{}')}`

const address = ({ method, path }: Addressed) => `${method.toUpperCase()} \`${path.replaceAll('{}', '{id}')}\``

const findEndpoint = (asked: Addressed) => endpoints.find((one) => keyOf(one) === keyOf(asked))

function standing(asked: SdkOperation): string {
  const served = findEndpoint(asked)
  if (served !== undefined) return differences(served).length === 0 ? 'same' : 'partly'
  const [, why] = Object.entries(elsewhere).find(([name]) => asked.name.startsWith(name)) ?? []
  return why === undefined ? 'not yet' : `no: ${why}`
}

/** A line of what is different about an operation; none where nothing is. */
function told(asked: Addressed & { name?: string }): string[] {
  const served = findEndpoint(asked)
  const found = served === undefined ? [] : differences(served)
  const name = asked.name === undefined ? address(asked) : `\`${asked.name}\``
  return found.length === 0 ? [] : [`- ${name}: ${found.join('; ')}`]
}

function differences(served: Endpoint): string[] {
  return [
    ...(served.differs === undefined ? [] : [served.differs]),
    ...naming('refused unless empty', fieldsMarked(served, 'Not supported yet')),
    ...naming('ignored', fieldsMarked(served, 'Ignored:')),
  ]
}

function naming(what: string, fields: readonly string[]): string[] {
  return fields.length === 0 ? [] : [`${what}: ${fields.map((name) => `\`${name}\``).join(', ')}`]
}

/** Of the request's body, by the words with which the OpenAPI document marks them. */
function fieldsMarked({ method, path }: Endpoint, mark: string): string[] {
  const { paths = {}, components } = documentFor('test', 'http://127.0.0.1/api')
  const schemas = new Map<string, unknown>(Object.entries(components?.schemas ?? {}))
  const names = new Set<string>()
  const seen = new Set<unknown>()
  const visit = (value: unknown, name?: string): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    const { $ref, description, properties, ...others } = value as Record<string, unknown>
    if (name !== undefined && typeof description === 'string' && description.startsWith(mark)) names.add(name)
    if (typeof $ref === 'string') visit(schemas.get($ref.split('/').at(-1) ?? ''), name)
    for (const [field, schema] of Object.entries((properties as object | undefined) ?? {})) visit(schema, field)
    for (const one of Object.values(others)) visit(one)
  }
  const operation = (paths[path] as Record<string, { requestBody?: unknown }> | undefined)?.[method]
  visit(operation?.requestBody)
  return [...names].sort()
}

function table(head: readonly string[], rows: readonly string[][]): string {
  const all = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = head.map((_, at) => Math.max(...all.map((row) => (row[at] ?? '').length)))
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(all[0] ?? []), line(widths.map((width) => '-'.repeat(width))), ...all.slice(1).map(line)].join('\n')
}

const text = readFileSync(page, 'utf8')
const [before = '', rest = ''] = text.split(BEGIN)
const [, after = ''] = rest.split(END)
const fresh = `${before}${BEGIN}\n\n${tables()}\n\n${END}${after}`
if (!process.argv.includes('--check')) writeFileSync(page, fresh)
else if (fresh !== text) {
  console.log(
    'docs/api-compatibility.md is not what the operations say: run `node --import tsx scripts/generate-compatibility.ts`',
  )
  process.exit(1)
}
