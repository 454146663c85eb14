// A subscription as a few numbers: what it should be after any sequence of deeds, told without any code of Portico. Every plan is billed
// every 30 days, and every change is prorated. Times are ms, amounts minor units.

export type PlanName = 'starter' | 'basic' | 'pro'

export const prices: Record<PlanName, number> = { starter: 2000, basic: 3000, pro: 8000 }
export const DAY = 86_400_000
const PERIOD = 30 * DAY
/** The sandbox charges no less. */
const LEAST = 50

export interface Model {
  now: number
  status: 'active' | 'on_hold' | 'paused' | 'cancelled'
  plan: PlanName
  /** The period that is paid for, and what was paid for all of it. */
  start: number
  end: number
  value: number
  credit: number
  captured: number
  /** Too small to be charged: on the next renewal's invoice. */
  carried: number
  card: 'good' | 'bad'
  ends: boolean
  scheduled: PlanName | undefined
  /** Since when it is paused. */
  paused: number | undefined
  owed: undefined | { amount: number; for: 'renewal' | 'change'; since: number }
  /** A change that waits to be paid under its link; the credit that pays a part of it is set aside. */
  offer: undefined | { to: PlanName; reserved: number; asked: number; until: number }
  /** Was a link ever asked for. */
  linked: boolean
}

export function bought(plan: PlanName, now: number): Model {
  const paid = prices[plan]
  const idle = {
    credit: 0,
    carried: 0,
    card: 'good' as const,
    ends: false,
    scheduled: undefined,
    paused: undefined,
    owed: undefined,
    offer: undefined,
    linked: false,
  }
  return { now, status: 'active', plan, start: now, end: now + PERIOD, value: paid, captured: paid, ...idle }
}

export function advance(model: Model, to: number): void {
  while (model.status === 'active' && model.end <= to) renew(model)
  if (model.offer !== undefined && model.offer.until <= to) drop(model)
  model.now = to
}

function renew(model: Model): void {
  model.now = model.end
  drop(model)
  if (model.ends) {
    end(model)
    return
  }
  if (model.scheduled !== undefined) model.plan = model.scheduled
  model.scheduled = undefined
  const price = prices[model.plan] + model.carried
  model.carried = 0
  if (!charge(model, price)) {
    model.status = 'on_hold'
    model.owed = { amount: price, for: 'renewal', since: model.end }
    return
  }
  beginPeriod(model, model.end)
}

function beginPeriod(model: Model, at: number): void {
  model.start = at
  model.end = at + PERIOD
  model.value = prices[model.plan]
}

/** Whether it was paid, or is too small to be: by credit first, as far as what is left can still be charged. */
function charge(model: Model, amount: number): boolean {
  const left = Math.max(0, amount - model.credit)
  if (left > 0 && amount < LEAST) {
    model.carried += amount
    return true
  }
  const asked = left > 0 ? Math.max(left, LEAST) : 0
  if (asked > 0 && model.card === 'bad') return false
  model.credit -= amount - asked
  model.captured += asked
  return true
}

export function canChange(model: Model, to: PlanName): boolean {
  return model.status === 'active' && !model.ends && model.plan !== to && model.offer === undefined
}

export function change(model: Model, to: PlanName, policy: 'prevent_change' | 'apply_change'): void {
  const left = model.end - model.now
  const price = share(prices[to], left)
  const cost = price - share(model.value, left)
  if (cost <= 0) {
    model.credit -= cost
    switchTo(model, to, prices[to])
    return
  }
  if (charge(model, cost)) {
    switchTo(model, to, prices[to])
    return
  }
  if (policy === 'prevent_change') return
  switchTo(model, to, model.value)
  model.status = 'on_hold'
  model.owed = { amount: cost, for: 'change', since: model.now }
}

/** What is left for a card waits for whoever holds the link. */
export function offer(model: Model, to: PlanName): void {
  const left = model.end - model.now
  const cost = share(prices[to], left) - share(model.value, left)
  if (cost <= model.credit || cost < LEAST) {
    change(model, to, 'prevent_change')
    return
  }
  const reserved = cost - Math.max(LEAST, cost - model.credit)
  model.credit -= reserved
  model.linked = true
  model.offer = { to, reserved, asked: cost - reserved, until: Math.min(model.now + DAY, model.end) }
}

/** By a good card, which pays from then on. */
export function payOffer(model: Model): void {
  if (model.offer === undefined) return
  const { to, asked } = model.offer
  model.offer = undefined
  model.captured += asked
  model.card = 'good'
  switchTo(model, to, prices[to])
}

function drop(model: Model): void {
  model.credit += model.offer?.reserved ?? 0
  model.offer = undefined
}

function switchTo(model: Model, plan: PlanName, value: number): void {
  model.plan = plan
  model.value = value
  model.scheduled = undefined
}

function share(amount: number, left: number): number {
  return Math.round((amount * Math.round((left / DAY) * 1000)) / 30_000)
}

export function cancel(model: Model, timing: 'now' | 'at_next_billing_date'): void {
  // What was to end anyway still does so at its date, paused or not.
  if (timing === 'at_next_billing_date' && model.ends) return
  drop(model)
  if (timing === 'now' || model.status !== 'active') end(model)
  else model.ends = true
}

function end(model: Model): void {
  model.status = 'cancelled'
  model.ends = false
  model.scheduled = undefined
  model.owed = undefined
}

/** Another card: it pays what is owed at once, and time on hold is not billed. */
export function giveCard(model: Model, card: Model['card']): void {
  model.card = card
  const { owed } = model
  if (owed === undefined || !charge(model, owed.amount)) return
  model.owed = undefined
  model.status = 'active'
  if (owed.for === 'renewal') {
    beginPeriod(model, model.now)
    return
  }
  shift(model, model.now - owed.since)
  model.value = prices[model.plan]
}

export function pause(model: Model): void {
  drop(model)
  model.status = 'paused'
  model.paused = model.now
}

export function resume(model: Model): void {
  shift(model, model.now - (model.paused ?? model.now))
  model.status = 'active'
  model.paused = undefined
}

/** Time without service lies outside of the period. */
function shift(model: Model, length: number): void {
  model.start += length
  model.end += length
}
