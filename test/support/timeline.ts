// A subscription's life as lines one can read: date, what happened, how much.
import { from } from '#core/scope.ts'
import type { Connections } from '#db/connect.ts'
import { fileInvariants } from './file-invariants.ts'
import { imageInvariants } from './image-invariants.ts'
import { licenseInvariants } from './license-invariants.ts'
import { brokenWebhooks } from './webhook-messages.ts'
import type { World } from './world.ts'

/** Events of the merchant's audience and payments, in order, by the business's own time. */
export async function timeline(world: World, subscription_id: string): Promise<string[]> {
  const ctx = await world.fresh()
  const payments = await from(ctx, 'payments')
    .select(['payment_id', 'total_amount', 'currency', 'created_at', 'status', 'error_code'])
    .where('subscription_id', '=', subscription_id)
    .orderBy('created_at')
    .orderBy('payment_id')
    .execute()
  const events = await from(ctx, 'events')
    .select(['type', 'occurred_at', 'resource_id'])
    .where('audience', '=', 'merchant')
    .where('resource_id', 'in', [subscription_id, ...payments.map(({ payment_id }) => payment_id)])
    .orderBy('occurred_at')
    .orderBy('event_id')
    .execute()
  return events.map(({ type, occurred_at, resource_id }) => {
    const payment = payments.find(({ payment_id }) => payment_id === resource_id)
    const amount = payment === undefined ? '' : ` ${(payment.total_amount / 100).toFixed(2)}`
    const code = payment?.error_code == null ? '' : ` ${payment.error_code}`
    return `${occurred_at.toString().slice(0, 10)} ${type}${amount}${code}`
  })
}

/** What every database must satisfy after any story. Empty where all is well. */
export async function brokenInvariants(world: World): Promise<string[]> {
  const { db } = await world.fresh()
  const { sql } = await import('kysely')
  const checks: [string, ReturnType<typeof sql<{ n: number }>>][] = [
    ...licenseInvariants,
    ...fileInvariants,
    ...imageInvariants,
    [
      'dues paid without an applied payment',
      sql`select count(*)::int n from dues d where d.status = 'paid' and not exists (select 1 from payments p where p.business_id = d.business_id and p.dues_id = d.dues_id and p.applied)`,
    ],
    [
      'money taken with nobody there and no payment method',
      sql`select count(*)::int n from payments where applied and off_session and total_amount > 0 and payment_method_id is null`,
    ],
    [
      'applied payment of dues that are not paid',
      sql`select count(*)::int n from payments p join dues d using (business_id, dues_id) where p.applied and d.status <> 'paid'`,
    ],
    [
      'dues whose lines do not sum to the subtotal',
      sql`select count(*)::int n from dues d where d.subtotal <> (select coalesce(sum(l.amount), 0) from dues_lines l where l.business_id = d.business_id and l.dues_id = d.dues_id)`,
    ],
    [
      "lines of another customer than their dues'",
      sql`select count(*)::int n from dues_lines l join dues d using (business_id, dues_id) where l.customer_id <> d.customer_id`,
    ],
    [
      'dues whose tax is not the tax of their lines',
      sql`select count(*)::int n from dues d where d.tax <> (select coalesce(sum(l.tax), 0) from dues_lines l where l.business_id = d.business_id and l.dues_id = d.dues_id) or d.tax_added <> (select coalesce(sum(l.tax), 0) from dues_lines l where l.business_id = d.business_id and l.dues_id = d.dues_id and not l.tax_inclusive)`,
    ],
    [
      'discounts of dues that are not those of their lines',
      sql`select count(*)::int n from dues d where (select coalesce(sum(l.discount), 0) from dues_lines l where l.business_id = d.business_id and l.dues_id = d.dues_id) <> (select coalesce(sum(t.amount), 0) from dues_discounts t where t.business_id = d.business_id and t.dues_id = d.dues_id)`,
    ],
    [
      'discounts whose count is not that of their redemptions',
      sql`select count(*)::int n from discounts d where d.times_used <> (select count(*) from discount_redemptions r where r.business_id = d.business_id and r.discount_id = d.discount_id and r.status <> 'released') or d.times_used > d.usage_limit`,
    ],
    [
      'redemption that waits for a payment that is decided',
      sql`select count(*)::int n from discount_redemptions r join dues d using (business_id, reason_key) where r.status = 'reserved' and d.status <> 'open'`,
    ],
    [
      'applied payment without an invoice',
      sql`select count(*)::int n from payments p where p.applied and not exists (select 1 from invoices i where i.business_id = p.business_id and i.payment_id = p.payment_id)`,
    ],
    [
      'gap in invoice numbers',
      sql`select count(*)::int n from invoice_counters c where c.last_number <> (select count(*) from (select business_id, series from invoices union all select business_id, 'credit_note' from credit_notes union all select business_id, 'correction' from invoice_corrections) i where i.business_id = c.business_id and i.series = c.series)`,
    ],
    [
      'periods with a gap or overlap',
      sql`select count(*)::int n from (select period_end, lead(period_start) over (partition by business_id, subscription_id order by period_start) next_start from subscription_periods) p where next_start is not null and next_start <> period_end`,
    ],
    [
      'credit that is not the sum of its entries',
      sql`select count(*)::int n from subscriptions s where s.credit_balance <> (select coalesce(sum(e.amount), 0) from credit_entries e where e.business_id = s.business_id and e.subscription_id = s.subscription_id)`,
    ],
    [
      'credit of dues that is not what was taken for them',
      sql`select count(*)::int n from dues d where d.credit_applied <> (select coalesce(-sum(e.amount), 0) from credit_entries e where e.business_id = d.business_id and e.dues_id = d.dues_id)`,
    ],
    [
      'payment that does not ask for its dues less credit and wallet',
      sql`select count(*)::int n from payments p join dues d using (business_id, dues_id) where (p.applied or p.settled_at is null) and p.total_amount <> d.total - d.credit_applied - d.wallet_applied`,
    ],
    [
      'wallet that is not the sum of its entries',
      sql`select count(*)::int n from wallets w where w.balance <> (select coalesce(sum(e.amount), 0) from wallet_entries e where e.business_id = w.business_id and e.customer_id = w.customer_id and e.currency = w.currency)`,
    ],
    [
      'wallet of dues that is not what was taken for them',
      sql`select count(*)::int n from dues d where d.wallet_applied <> (select coalesce(-sum(e.amount), 0) from wallet_entries e where e.business_id = d.business_id and e.dues_id = d.dues_id)`,
    ],
    [
      'credit or wallet held by dues that nobody collects',
      sql`select count(*)::int n from dues d where d.credit_applied + d.wallet_applied > 0 and d.status <> 'paid' and not exists (select 1 from payments p where p.business_id = d.business_id and p.dues_id = d.dues_id and p.settled_at is null)`,
    ],
    [
      'credit of a subscription that has ended',
      sql`select count(*)::int n from subscriptions s where s.status in ('cancelled', 'expired') and s.credit_balance <> 0`,
    ],
    [
      'carried amount that is not in the lines of its dues, and of those that hold it',
      sql`select count(*)::int n from dues d where (select coalesce(sum(l.amount), 0) from dues_lines l where l.business_id = d.business_id and l.dues_id = d.dues_id and l.kind = 'carried') <> (select coalesce(sum(c.amount + case when c.tax_inclusive = d.tax_inclusive then 0 when d.tax_inclusive then c.tax else -c.tax end), 0) from carried_amounts c where c.business_id = d.business_id and c.into_dues_id = d.dues_id) - (select coalesce(sum(c.amount), 0) from carried_amounts c where c.business_id = d.business_id and c.dues_id = d.dues_id)`,
    ],
    [
      'carried amount that waits at a subscription that has ended',
      sql`select count(*)::int n from carried_amounts c join subscriptions s using (business_id, subscription_id) where s.status in ('cancelled', 'expired') and c.waived_at is null and not exists (select 1 from dues d where d.business_id = c.business_id and d.dues_id = c.into_dues_id and d.status <> 'void')`,
    ],
    [
      'credits that are not what is left of their grants',
      sql`select count(*)::int n from credit_balances b where b.balance <> (select coalesce(sum(g.remaining_amount), 0) from credit_grants g where g.business_id = b.business_id and g.credit_entitlement_id = b.credit_entitlement_id and g.customer_id = b.customer_id)`,
    ],
    [
      'ledger of credits that does not end at the balance',
      sql`select count(*)::int n from credit_balances b where (b.balance, b.overage) <> (select coalesce(sum(e.balance_after - e.balance_before), 0), coalesce(sum(e.overage_after - e.overage_before), 0) from credit_ledger_entries e where e.business_id = b.business_id and e.credit_entitlement_id = b.credit_entitlement_id and e.customer_id = b.customer_id)`,
    ],
    [
      'plan change that waits for dues nobody owes',
      sql`select count(*)::int n from plan_changes c left join dues d using (business_id, dues_id) where c.status = 'pending' and d.status is distinct from 'open'`,
    ],
    [
      'active subscription whose period does not end at its next billing date',
      sql`select count(*)::int n from subscriptions s where s.status = 'active' and s.next_billing_date <> (select max(p.period_end) from subscription_periods p where p.business_id = s.business_id and p.subscription_id = s.subscription_id)`,
    ],
    [
      'change that is paid under a link without exactly one try to take up, or such a try without its change',
      sql`select count(*)::int n from (select c.status = 'pending' as waits, exists (select 1 from payments p where p.business_id = c.business_id and p.dues_id = c.dues_id and p.settled_at is null and p.pay_link_id = l.pay_link_id and p.next_check_at is null) as offered, exists (select 1 from payments p where p.business_id = c.business_id and p.dues_id = c.dues_id and p.settled_at is null) as tried from plan_changes c join pay_links l using (business_id, change_id)) x where (waits and not tried) or (offered and not waits)`,
    ],
    [
      'pending change of a subscription that does not run',
      sql`select count(*)::int n from plan_changes c join subscriptions s using (business_id, subscription_id) where c.status = 'pending' and s.status <> 'active'`,
    ],
    [
      'key that works while its subscription is paused',
      sql`select count(*)::int n from license_keys k join subscriptions s using (business_id, subscription_id) where s.status = 'paused' and k.status = 'active'`,
    ],
    [
      'undone change that is still owed or was paid for',
      sql`select count(*)::int n from plan_changes c join dues d using (business_id, dues_id) where c.status = 'undone' and d.status <> 'void'`,
    ],
    [
      'payment of which more was given back than it paid',
      sql`select count(*)::int n from payments p where p.total_amount < (select coalesce(sum(r.amount), 0) from refunds r where r.business_id = p.business_id and r.payment_id = p.payment_id and r.status <> 'failed')`,
    ],
    [
      'invoiced refund whose credit note is not about its amount',
      sql`select count(*)::int n from refunds r join payments p using (business_id, payment_id) left join credit_notes c on c.business_id = r.business_id and c.refund_id = r.refund_id where p.applied and (r.status = 'succeeded') <> coalesce(c.total = r.amount + r.wallet_amount, false)`,
    ],
    [
      'credit of a plan change whose credit note is not about what was paid of it',
      sql`select count(*)::int n from plan_changes g where coalesce((select sum(e.amount) from credit_entries e where e.business_id = g.business_id and e.reason_key = 'change:' || g.change_id and not e.gift), 0) <> coalesce((select sum(c.total) from credit_notes c where c.business_id = g.business_id and c.change_id = g.change_id), 0)`,
    ],
    [
      'refund that is not the sum of its lines',
      sql`select count(*)::int n from refunds r join payments p using (business_id, payment_id) where p.applied and r.amount + r.wallet_amount <> (select coalesce(sum(l.amount + l.wallet_amount), 0) from refund_lines l where l.business_id = r.business_id and l.refund_id = r.refund_id)`,
    ],
    [
      'retry planned for a subscription that owes nothing',
      sql`select count(*)::int n from dues d join subscriptions s using (business_id, subscription_id) where d.next_retry_at is not null and s.status not in ('on_hold', 'past_due')`,
    ],
    [
      'somebody reminded of what is not owed',
      sql`select count(*)::int n from dunning_attempts a join subscriptions s using (business_id, subscription_id) where a.status = 'recovering' and (a.trigger_state = 'cancelled') <> (s.status = 'cancelled')`,
    ],
    [
      'subscription that is overdue and owes nothing, or owes and is not',
      sql`select count(*)::int n from subscriptions s where (s.status in ('on_hold', 'past_due')) <> exists (select 1 from dues d where d.business_id = s.business_id and d.subscription_id = s.subscription_id and d.status = 'open' and d.kind <> 'checkout' and not (d.kind = 'usage' and s.status in ('cancelled', 'expired')) and not exists (select 1 from plan_changes c where c.business_id = d.business_id and c.dues_id = d.dues_id and c.status = 'pending') and not exists (select 1 from payments p where p.business_id = d.business_id and p.dues_id = d.dues_id and p.attempt = 1 and p.settled_at is null))`,
    ],
    [
      'webhook that waits for an endpoint that will not send it',
      sql`select count(*)::int n from webhook_deliveries d join webhook_endpoints e using (business_id, webhook_id) where d.status = 'pending' and (e.disabled or e.next_attempt_at is null or (e.next_attempt_at > d.next_attempt_at and e.next_attempt_at is distinct from e.paced_until))`,
    ],
    [
      'usage billed that is not what was counted',
      sql`select count(*)::int n from subscription_meters m join meters t using (business_id, meter_id) where t.aggregation_type in ('count', 'sum') and m.billed_until is not null and (select coalesce(sum(r.total), 0) from usage_rollups r where r.business_id = m.business_id and r.subscription_id = m.subscription_id and r.meter_id = m.meter_id and r.bucket_start < m.billed_until) <> (select coalesce(sum(c.units), 0) from usage_charges c where c.business_id = m.business_id and c.subscription_id = m.subscription_id and c.meter_id = m.meter_id)`,
    ],
    [
      'credits taken for usage that the ledger does not tell',
      sql`select count(*)::int n from (select u.business_id, u.entitlement, s.customer_id, sum(u.credits) taken from (select business_id, subscription_id, credit_entitlement_id entitlement, credits from usage_charges where credits > 0 union all select business_id, subscription_id, credit_entitlement_id, deducted_credits from subscription_meters where deducted_credits > 0) u join subscriptions s using (business_id, subscription_id) group by 1, 2, 3) t where t.taken <> (select coalesce(sum(e.amount), 0) from credit_ledger_entries e where e.business_id = t.business_id and e.credit_entitlement_id = t.entitlement and e.customer_id = t.customer_id and e.reference_type = 'meter')`,
    ],
    [
      'usage owed twice',
      sql`select count(*)::int n from (select l.charge_id from dues_lines l join dues d using (business_id, dues_id) where l.charge_id is not null and d.status <> 'void' group by l.business_id, l.charge_id having count(*) > 1) twice`,
    ],
    [
      'line of usage that is not its charge',
      sql`select count(*)::int n from dues_lines l join usage_charges c using (business_id, charge_id) where (l.amount + l.discount, l.units, l.price_per_unit, l.meter_id) is distinct from (c.amount, c.units, c.price_per_unit, c.meter_id)`,
    ],
    [
      'usage of an ended subscription that is neither owed nor waived',
      sql`select count(*)::int n from usage_charges c join subscriptions s using (business_id, subscription_id) where s.status in ('cancelled', 'expired') and c.amount > 0 and c.waived_at is null and not exists (select 1 from dues_lines l join dues d using (business_id, dues_id) where l.business_id = c.business_id and l.charge_id = c.charge_id and d.status <> 'void')`,
    ],
    [
      'reminded twice of one period',
      sql`select count(*)::int n from (select 1 from events where type like 'reminder.%' and data ? 'about' group by business_id, type, resource_id, data->>'about' having count(*) > 1) twice`,
    ],
    [
      'captures beyond payments that succeeded',
      sql`select (select count(*) from sandbox.captures where business_id = ${world.business_id})::int - (select count(*) from payments where business_id = ${world.business_id} and status = 'succeeded' and processor is not null)::int n`,
    ],
  ]
  const owner = await ownerOf(world)
  const broken: string[] = []
  for (const [at, [name, query]] of checks.entries()) {
    const { sql: text, parameters } = query.compile(db)
    const { rows } = await owner.query({ name: `check ${at}`, text, values: [...parameters] })
    if (rows[0].n !== 0) broken.push(`${name}: ${rows[0].n}`)
  }
  return [...broken, ...(await brokenWebhooks(world))]
}

const owners = new WeakMap<Connections, ReturnType<Connections['connect']>>()

/** Sees every schema. One for a database, which remembers how the checks are done; it ends when the database is dropped. */
async function ownerOf({ database: { connections } }: World) {
  const known = owners.get(connections)
  if (known !== undefined) return known
  const opened = connections.connect().then(async (owner) => {
    await owner.query('set search_path = test, accounts, sandbox')
    return owner
  })
  owners.set(connections, opened)
  return opened
}
