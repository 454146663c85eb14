// What is deleted, how long after what, in this order: what points at something goes before it. Everything else is kept.

export interface Rule {
  /** Said in the log. */
  what: string
  table:
    | 'webhook_deliveries'
    | 'emails'
    | 'events'
    | 'access_links'
    | 'sign_in_requests'
    | 'address_sign_ins'
    | 'session_grants'
    | 'portal_sessions'
    | 'plan_change_quotes'
    | 'processor_events'
    | 'api_requests'
  /** The instant, in wall time, from which its days are counted. */
  since: string
  days: number
  /** Further condition, in SQL: whoever still needs the row. `old` is the row. */
  where: string
}

/** Mails that hold a link: nothing is left of them to show when the link is gone. */
const LINK_MAILS = `('sign-in', 'invite', 'address-sign-in')`

export const rules: readonly Rule[] = [
  {
    what: 'deliveries of webhooks, with what was answered',
    table: 'webhook_deliveries',
    since: 'coalesce(old.last_attempt_at, old.created_at)',
    days: 30,
    where: `old.status <> 'pending'`,
  },
  {
    what: 'mails that held a link',
    table: 'emails',
    since: 'old.created_at',
    days: 30,
    where: `old.status <> 'queued' and old.template in ${LINK_MAILS}`,
  },
  {
    what: 'other mails',
    table: 'emails',
    since: 'old.created_at',
    days: 180,
    where: `old.status <> 'queued'`,
  },
  {
    what: 'events that were read by all who read them',
    table: 'events',
    since: 'old.recorded_at',
    days: 180,
    where: `old.dispatched_at is not null
      and not exists (select from emails e where e.business_id = old.business_id and e.event_id = old.event_id)
      and not exists (select from webhook_deliveries d where d.business_id = old.business_id and d.event_id = old.event_id)`,
  },
  {
    // A day after the mails: one that is looked at until then finds its link.
    what: 'links that open nothing any more',
    table: 'access_links',
    since: 'greatest(old.created_at, old.expires_at)',
    days: 31,
    where: 'true',
  },
  {
    what: 'requests for a link',
    table: 'sign_in_requests',
    since: 'old.created_at',
    days: 31,
    where: `old.answered_at is not null and not exists (select from access_links l
      where l.business_id = old.business_id and l.request_id = old.request_id)`,
  },
  {
    what: 'sign-ins by address',
    table: 'address_sign_ins',
    since: 'old.answered_at',
    days: 31,
    where: 'true',
  },
  {
    what: 'what ended sessions could see',
    table: 'session_grants',
    since: '(select s.expires_at from portal_sessions s where s.session_id = old.session_id)',
    days: 30,
    where: 'true',
  },
  {
    what: 'sessions that ended',
    table: 'portal_sessions',
    since: 'old.expires_at',
    days: 30,
    where: `not exists (select from session_grants g where g.session_id = old.session_id)`,
  },
  {
    // One that was confirmed says what was agreed to.
    what: 'quotes nobody confirmed',
    table: 'plan_change_quotes',
    since: 'old.expires_at',
    days: 1,
    where: 'old.change_id is null',
  },
  {
    what: 'webhooks of processors that were read',
    table: 'processor_events',
    since: 'old.received_at',
    days: 30,
    where: 'old.read_at is not null',
  },
  {
    // Their clients repeat them within minutes.
    what: 'requests without an Idempotency-Key',
    table: 'api_requests',
    since: 'old.created_at',
    days: 1,
    where: 'old.key_hash is null',
  },
  {
    what: 'requests whose Idempotency-Key means nothing any more',
    table: 'api_requests',
    since: 'old.created_at',
    days: 31,
    where: 'true',
  },
]
