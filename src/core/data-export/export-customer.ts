import { sql } from 'kysely'
import { recordAudit } from '#core/audit/record-audit.ts'
import { type PersonalTable, personalTables, withheld } from '#core/data-export/personal-tables.ts'
import { from } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

const BATCH = 500

/** One JSON object as text, table by table: `{"customers": [{…}], …}`. Amounts are minor units, times RFC 3339. */
export async function* exportCustomer(ctx: BusinessCtx, customer_id: string): AsyncGenerator<string> {
  await inTransaction(ctx, (within) =>
    recordAudit(within, { action: 'customer.data_exported', resource_id: customer_id, customer_id }),
  )
  yield `{\n"exported_at": ${JSON.stringify(ctx.wall.now().toString())}`
  for (const personal of personalTables) {
    yield `,\n${JSON.stringify(personal.table)}: [`
    let separator = '\n'
    for await (const row of rowsOf(ctx, personal, customer_id)) {
      yield separator + JSON.stringify(row)
      separator = ',\n'
    }
    yield ']'
  }
  yield '\n}\n'
}

type Row = Record<string, unknown>

async function* rowsOf(ctx: BusinessCtx, personal: PersonalTable, customer_id: string): AsyncGenerator<Row> {
  const { key } = personal
  for (let after = ''; ; ) {
    const batch = (await query(ctx, personal, customer_id)
      .where(sql.ref(key), '>', after)
      .orderBy(sql.ref(key))
      .limit(BATCH)
      .execute()) as Row[]
    for (const row of batch) yield told(row)
    if (batch.length < BATCH) return
    after = String(batch.at(-1)?.[key])
  }
}

/** The tables are many and asked the same way: the list says which columns there are. */
function query(ctx: BusinessCtx, { table, of }: PersonalTable, customer_id: string) {
  const rows = from(ctx, table as 'customers').selectAll()
  if (of === undefined) return rows.where('customer_id', '=', customer_id)
  const owners = from(ctx, of.table as 'customers')
    .select(sql.ref<string>(of.key).as('id'))
    .where('customer_id', '=', customer_id)
  return rows.where(sql.ref<string>(of.key), 'in', owners)
}

function told(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !withheld.has(column)))
}
