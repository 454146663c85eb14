// Writes the types of the tables from a freshly migrated database; with --check only says whether the files are still right.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate, PostgresDialect, RawExpressionNode } from 'kysely-codegen'
import pg from 'pg'
import { pino } from 'pino'
import { openDatabase } from '#db/connect.ts'
import { migrate } from '#db/migrate.ts'

/** What a jsonb column holds: a type of src/db/json-types.ts or src/db/checkout-json.ts. */
const jsonColumns: Record<string, string> = {
  'audit_entries.details': 'Generated<Facts>',
  'business_themes.dark': 'Generated<StoredColors>',
  'business_themes.light': 'Generated<StoredColors>',
  'checkout_sessions.billing': 'BillingAddress | null',
  'checkout_sessions.custom_field_responses': 'CustomFieldResponse[] | null',
  'checkout_sessions.look': 'StoredLook | null',
  'customer_billing.billing': 'BillingAddress',
  'checkout_sessions.metadata': 'Generated<Metadata>',
  'checkout_sessions.on_demand': 'OnDemandTerms | null',
  'checkout_sessions.page_rules': 'PageRules | null',
  'checkout_sessions.product_cart': 'CartItem[]',
  'credit_notes.document': 'unknown',
  'credit_grants.metadata': 'Generated<Metadata>',
  'credit_ledger_entries.metadata': 'Generated<Metadata>',
  'customers.metadata': 'Generated<Metadata>',
  'discounts.metadata': 'Generated<Metadata>',
  'emails.data': 'Generated<Facts>',
  'entitlement_grants.metadata': 'Generated<Metadata>',
  'entitlements.integration_config': 'IntegrationConfig',
  'entitlements.metadata': 'Generated<Metadata>',
  'events.data': 'Generated<Facts>',
  // The frozen document belongs to billing, which this layer does not know.
  'invoice_corrections.document': 'unknown',
  'invoices.document': 'unknown',
  'meters.filter': 'MeterFilter | null',
  'payments.billing': 'BillingAddress',
  'payments.custom_field_responses': 'CustomFieldResponse[] | null',
  'payments.metadata': 'Generated<Metadata>',
  'plan_change_quotes.discounts': 'QuotedDiscount[]',
  'plan_change_quotes.lines': 'QuotedLine[]',
  'plan_change_quotes.request': 'QuotedRequest',
  'plan_changes.discounts': 'Generated<PlanDiscount[]>',
  'plan_changes.items': 'PlanItem[]',
  'plan_changes.meters': 'Generated<PlanMeter[]>',
  'plan_changes.period_values': 'TaxedValue[]',
  'plan_changes.previous': 'PreviousPlan | null',
  'product_credits.terms': 'CreditTerms',
  'products.metadata': 'Generated<Metadata>',
  'refunds.metadata': 'Generated<Metadata>',
  'short_links.static_checkout_params': 'Generated<StaticParams>',
  'subscription_credits.terms': 'CreditTerms',
  'subscription_discounts.terms': 'RedeemedTerms',
  'subscriptions.billing': 'BillingAddress',
  'subscriptions.custom_field_responses': 'CustomFieldResponse[] | null',
  'subscriptions.metadata': 'Generated<Metadata>',
  'usage_events.metadata': 'Metadata | null',
  'webhook_endpoints.metadata': 'Generated<Record<string, string>>',
}

interface SchemaFile {
  path: string
  /** The interface that lists the tables. */
  name: string
  schemas: string[]
  /** Lines of its own at the end. */
  footer: string
}

const root = fileURLToPath(new URL('..', import.meta.url))
const files: SchemaFile[] = [
  {
    path: 'src/db/schema.ts',
    name: 'DB',
    // Both modes have the same tables.
    schemas: ['test', 'accounts'],
    footer: `export type { SandboxDB } from './sandbox-schema.ts'`,
  },
  { path: 'src/db/sandbox-schema.ts', name: 'SandboxDB', schemas: ['sandbox'], footer: '' },
]

const stale = await generateAll(process.argv.includes('--check'))
if (stale.length > 0) {
  console.error(`Not what the migrations give: ${stale.join(', ')}. Run node --import tsx scripts/generate-schema.ts`)
  process.exitCode = 1
}

async function generateAll(checkOnly: boolean): Promise<string[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portico-schema-'))
  // Where root runs this, PostgreSQL is another user and has to get in.
  chmodSync(dataDir, 0o711)
  const connections = await openDatabase({ dataDir, role: 'command', log: pino({ level: 'warn' }), fsync: false })
  try {
    await migrate(connections)
    const stale: string[] = []
    for (const file of files) {
      const text = format(file.path, await render(connections.url, file))
      if (checkOnly && text !== readFileSync(join(root, file.path), 'utf8')) stale.push(file.path)
      if (!checkOnly) writeFileSync(join(root, file.path), text)
    }
    return stale
  } finally {
    await connections.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function render(url: string, file: SchemaFile): Promise<string> {
  const dialect = new PostgresDialect()
  const db = await dialect.introspector.connect({ connectionString: url, dialect })
  try {
    const columns = { ...jsonColumns, ...(await computedColumns(url, file.schemas)) }
    const tables = await generate({
      db,
      dialect,
      defaultSchemas: file.schemas,
      includePattern: `{${file.schemas.join(',')},}.*`,
      excludePattern: '*.migrations',
      outFile: null,
      print: false,
      skipAutogeneratedFileComment: true,
      typeMapping: { timestamptz: 'Temporal.Instant', date: 'Temporal.PlainDate', int8: 'number', numeric: 'string' },
      overrides: {
        columns: Object.fromEntries(
          Object.entries(columns).map(([column, type]) => [column, new RawExpressionNode(type)]),
        ),
      },
    })
    return finish(tables, file)
  } finally {
    await db.destroy()
  }
}

/** Columns that PostgreSQL computes: they can be read but not written. */
async function computedColumns(url: string, schemas: string[]): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ column: string; type: string }>(
      `select c.relname || '.' || a.attname as column, a.atttypid::regtype::text as type
         from pg_attribute a join pg_class c on c.oid = a.attrelid
        where a.attgenerated <> '' and c.relkind = 'r' and c.relnamespace::regnamespace::text = any ($1)`,
      [schemas],
    )
    const read = (type: string) => (type.startsWith('timestamp') ? 'Temporal.Instant' : 'string')
    return Object.fromEntries(rows.map(({ column, type }) => [column, `GeneratedAlways<${read(type)}>`]))
  } finally {
    await client.end()
  }
}

function finish(tables: string, { name, footer, path }: SchemaFile): string {
  const body = tables
    .replace(/^import .*$/gm, '')
    .replace(/^export type Generated<T>[\s\S]*?;$/m, '')
    .replace('export interface DB {', `export interface ${name} {`)
  if (/\bJson\b/.test(body))
    throw new Error(`${path}: a jsonb column has no type yet; add it to jsonColumns in scripts/generate-schema.ts`)
  const used = (names: string[]) => names.filter((type) => new RegExp(`\\b${type}\\b`).test(body)).join(', ')
  const imports = [
    [used(typesOf('json-types.ts')), './json-types.ts'],
    [used(typesOf('checkout-json.ts')), './checkout-json.ts'],
    [used(['Generated', 'GeneratedAlways']), 'kysely'],
  ]
  return [
    `// Generated from the migrations by scripts/generate-schema.ts; do not edit.`,
    ...imports.filter(([types]) => types !== '').map(([types, from]) => `import type { ${types} } from '${from}'`),
    body,
    footer,
  ].join('\n')
}

/** Every type of a file of src/db. */
function typesOf(file: string): string[] {
  const text = readFileSync(join(root, 'src/db', file), 'utf8')
  return [...text.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name as string).sort()
}

function format(path: string, text: string): string {
  const biome = join(root, 'node_modules', '.bin', 'biome')
  // Under a name of its own: the real ones are exempt from the checks, and that includes this.
  const name = path.replace('.ts', '.draft.ts')
  const options = { cwd: root, input: text, encoding: 'utf8' as const }
  const { status, stdout, stderr } = spawnSync(biome, ['format', `--stdin-file-path=${name}`], options)
  if (status !== 0) throw new Error(`biome could not format ${path}: ${stderr}`)
  return stdout
}
