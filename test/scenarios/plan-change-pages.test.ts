// Changing plan on the pages of the portal, without a browser: what is refused, what is told, and that nothing happens twice.
import { beforeEach, describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { createAddon } from '#core/catalog/create-addon.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { createCollection } from '#core/collections/create-collection.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { buy, plan, post } from '#test/support/buy.ts'
import { setLaterCharges } from '#test/support/later-charges.ts'
import { makePlans, type Plans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import { signIn, type Visit } from '#test/support/visit.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let plans: Plans
let id: string
let visit: Visit

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world)
  await setSettings(await world.fresh(), { allow_subscription_updates: true })
  const group = (name: string, ids: string[]) => {
    return { group_name: name, items: ids.map((product_id) => ({ product_id })) }
  }
  await createCollection(await world.fresh(), {
    name: 'Plans',
    groups: [group('Every 30 days', [plans.starter, plans.basic, plans.pro]), group('Every year', [plans.yearly])],
  })
  id = await subscribeTo(world, plans.basic)
  await world.advanceTo('2026-01-16T00:00:00Z')
  visit = await signIn(world, (await getSubscription(await world.fresh(), id)).customer_id)
})

const portal = () => world.urls.portal
const planUrl = () => portal().planChange(world.business_id, id)
const textOf = (html: string) =>
  html
    .replaceAll(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&#39;|&rsquo;/g, '’')
    .replaceAll(/\s+/g, ' ')
const look = async (url: string) => {
  const answer = await visit.get(url)
  return { status: answer.status, text: textOf(await answer.text()) }
}
const send = async (url: string, fields: Record<string, string> = {}) => {
  const answer = await visit.post(url, fields)
  return { status: answer.status, to: answer.headers.get('location') ?? '', text: textOf(await answer.text()) }
}
const wish = (product_id: string, more: Record<string, string> = {}) => ({
  product_id,
  quantity: '1',
  code: '',
  ...more,
})
const quote = async (product_id: string, more: Record<string, string> = {}) => {
  const { status, to, text } = await send(planUrl(), wish(product_id, more))
  if (status !== 303) throw new Error(`${status} ${text}`)
  return to
}
const planOf = async () => (await getSubscription(await world.fresh(), id)).product_name
const taken = async () => (await capturesOf(world)).map(({ amount }) => amount)
const done = (notice: string) => portal().subscription(world.business_id, id, { done: notice })

test('the plans in their groups, each in its own rhythm, with what it is beside the one they have', async () => {
  const { status, text } = await look(planUrl())
  expect(status).toBe(200)
  expect(text).toContain('Every 30 days Starter Downgrade $20.00 every 30 days Basic Current $30.00 every 30 days')
  expect(text).toContain('Pro Upgrade $80.00 every 30 days Every year Pro, yearly Upgrade $800.00 per year')
  expect(text).toContain('Seat $10.00 each, every 30 days. With Pro only.')
})

test('quoted in words, confirmed for exactly that, once, however often and from wherever', async () => {
  const at = await quote(plans.pro)
  const { text } = await look(at)
  expect(text).toContain('Pro, 15 of 30 days $80.00 every 30 days $40.00')
  expect(text).toContain('Unused 15 of 30 days of Basic $30.00 every 30 days -$15.00')
  expect(text).toContain('Due now $25.00')
  expect(text).toContain('Next payment $80.00 January 31, 2026')
  expect(text).toContain('Confirm and pay $25.00')
  const answers = await Promise.all([send(at), send(at), send(at)])
  answers.push(await send(at))
  expect(answers.map(({ to }) => to)).toEqual(Array.from({ length: 4 }, () => done('plan_changed')))
  expect([await planOf(), await taken()]).toEqual(['Pro', [3000, 2500]])
  const again = await look(at)
  expect(again.text).toContain('This change is made')
  expect(again.text).not.toContain('Confirm')
  expect(await brokenInvariants(world)).toEqual([])
})

test('two tabs with a quote each: the second is drawn anew, and says why', async () => {
  const [first, second] = [await quote(plans.pro), await quote(plans.yearly)]
  await send(first)
  const { status, to } = await send(second)
  expect([status, to.endsWith('?anew=changed')]).toEqual([303, true])
  expect((await look(to)).text).toContain('Something changed since this price was made Nothing was charged.')
  expect(await taken()).toEqual([3000, 2500])
})

test('too old, it is not confirmed but drawn anew at what it costs then', async () => {
  const at = await quote(plans.pro)
  await world.advanceTo('2026-01-19T00:00:00Z')
  expect((await look(at)).text).toContain('This price is too old to be confirmed.')
  const { to } = await send(at)
  expect(to.endsWith('?anew=expired')).toBe(true)
  const { text } = await look(to)
  // 12 of 30 days: 32.00 less 12.00.
  expect(text).toContain('The price you saw was too old')
  expect(text).toContain('Confirm and pay $20.00')
  expect(await taken()).toEqual([3000])
  await send(to)
  expect(await taken()).toEqual([3000, 2000])
})

test('a cheaper plan waits for the next billing date, is named where another is chosen, and can be undone twice', async () => {
  const at = await quote(plans.starter)
  expect((await look(at)).text).toContain('Change on January 31, 2026')
  expect((await send(at)).to).toBe(done('plan_change_scheduled'))
  expect((await look(planUrl())).text).toContain('Your plan changes to Starter on January 31, 2026')
  const other = await quote(plans.pro)
  expect((await look(other)).text).toContain('This takes the place of your scheduled change to Starter.')
  const undo = portal().scheduledChangeUndo(world.business_id, id)
  expect([(await send(undo)).to, (await send(undo)).to]).toEqual(Array(2).fill(done('scheduled_change_undone')))
  expect((await getSubscription(await world.fresh(), id)).scheduled_change).toBeNull()
})

describe('a declined payment', () => {
  beforeEach(() => setLaterCharges(world, 'INSUFFICIENT_FUNDS'))

  test('leaves the plan as it was, says why, and another try is a new quote', async () => {
    const at = await quote(plans.pro)
    expect((await send(at)).to).toBe(at)
    const { text } = await look(at)
    expect(text).toContain('There was not enough money on the account. You keep Basic, and nothing was charged.')
    expect(text).toContain('Change payment method Choose again')
    expect([await planOf(), await stateOf(world, id)]).toEqual(['Basic', 'active until 2026-01-31'])
    await setLaterCharges(world, 'succeeds')
    expect((await send(at)).to).toBe(at)
    expect(await taken()).toEqual([3000])
    expect((await send(await quote(plans.pro))).to).toBe(done('plan_changed'))
    expect(await taken()).toEqual([3000, 2500])
  })

  test('puts it on hold where plans change first; the customer pays or takes it back', async () => {
    await setSettings(await world.fresh(), { on_payment_failure: 'apply_change' })
    const at = await quote(plans.pro)
    await send(at)
    const { text } = await look(at)
    expect(text).toContain('Your plan is Pro now, but on hold until $25.00 is paid.')
    expect(text).toContain('Pay $25.00 now Go back to my earlier plan')
    const undo = portal().unpaidChangeUndo(world.business_id, id)
    expect((await send(undo)).to).toBe(done('change_undone'))
    expect((await send(undo)).to).not.toBe(done('change_undone'))
    expect([await planOf(), await stateOf(world, id)]).toEqual(['Basic', 'active until 2026-01-31'])
    expect((await look(at)).text).toContain('This change was taken back')
    expect(await brokenInvariants(world)).toEqual([])
  })
})

test('an answer that never came: still checking, and no button to pay again', async () => {
  await setLaterCharges(world, 'times_out_captured')
  const at = await quote(plans.pro)
  expect((await send(at)).to).toBe(at)
  const { text } = await look(at)
  expect(text).toContain('We are still checking')
  expect(text).not.toMatch(/Confirm|Pay \$|Change payment method/)
  expect((await look(planUrl())).text).toContain('A change of plan waits for its payment already. Go on with it')
  expect((await send(planUrl(), wish(plans.yearly))).status).toBe(409)
  const back = await visit.get(portal().planQuoteReturn(world.business_id, id, at.split('/').at(-1) ?? ''))
  expect(back.headers.get('location')).toBe(done('plan_changed'))
  expect(await taken()).toEqual([3000, 2500])
})

describe('the bank asks', () => {
  const asked = async () => {
    await setLaterCharges(world, 'AUTHENTICATION_REQUIRED')
    const at = await quote(plans.pro)
    return { at, bank: (await send(at)).to }
  }

  test('approved, it leads back to the subscription', async () => {
    const { at, bank } = await asked()
    expect(bank).toContain('/sandbox/pages/')
    expect((await look(at)).text).toContain(
      'Confirm the payment of $25.00 with your bank. Until then nothing is charged.',
    )
    expect((await send(at)).to).toBe(bank)
    const answer = await post(world, `${bank}/challenge`, { try_number: '1', decision: 'approve' })
    const back = await visit.get(answer.headers.get('location') ?? '')
    expect(back.headers.get('location')).toBe(done('plan_changed'))
    expect([await planOf(), await taken()]).toEqual(['Pro', [3000, 2500]])
  })

  test('refused or given up, the plan stays and nothing is charged', async () => {
    const { at, bank } = await asked()
    const answer = await post(world, `${bank}/challenge`, { try_number: '1', decision: 'refuse' })
    await visit.get(answer.headers.get('location') ?? '')
    expect((await look(at)).text).toContain('The payment was not confirmed with your bank in time. You keep Basic')
    const other = await asked()
    expect((await send(`${other.at}/stop`)).to).toBe(other.at)
    expect((await look(other.at)).text).toContain('The payment was cancelled before it was complete. You keep Basic')
    expect([await planOf(), await taken()]).toEqual(['Basic', [3000]])
  })
})

describe('refused beside its field', () => {
  const refused = async (fields: Record<string, string>) => {
    const { status, text } = await send(planUrl(), fields)
    expect(await rowsOf(world, 'plan_change_quotes')).toEqual([])
    return [status, text] as const
  }

  test('plans and add-ons that are not on offer', async () => {
    const ctx = await world.fresh()
    const alone = (await createProduct(ctx, plan({}, { name: 'Alone' }))).product_id
    const gem = await createAddon(ctx, { name: 'Gem', price: 900, currency: 'USD', tax_category: 'saas' })
    for (const product_id of [alone, 'pdt_nobody', '']) {
      const [status, text] = await refused(wish(product_id))
      expect([status, text.includes('This plan is not offered.')]).toEqual([422, true])
    }
    expect((await refused(wish(plans.pro, { [`addon_${gem.addon_id}`]: '1' })))[0]).toBe(422)
    const [status, text] = await refused(wish(plans.starter, { [`addon_${plans.addon_id}`]: '2' }))
    expect([status, text.includes('The plan you chose does not have this add-on.')]).toEqual([422, true])
  })

  test('what is no number, no code, or no change', async () => {
    for (const quantity of ['0', '-1', '1.5', 'two', '999999', '99999999999']) {
      const [, text] = await refused(wish(plans.pro, { quantity }))
      expect(text).toContain('Please enter a whole number from 1 to 10,000.')
    }
    const many = await refused(wish(plans.pro, { [`addon_${plans.addon_id}`]: '10001' }))
    expect(many[1]).toContain('Please enter a whole number from 0 to 10,000.')
    expect((await refused(wish(plans.pro, { code: 'NOPE' })))[1]).toContain('There is no such code.')
    expect((await refused(wish(plans.basic)))[1]).toContain('This is what you have already.')
    expect((await refused({ quantity: '1' }))[1]).toContain('Please choose a plan.')
  })
})

describe('a code alone', () => {
  const createCode = (code: string, more: { expires_at?: string; restricted_to?: string[] } = {}) =>
    world.client().discounts.create({ type: 'percentage', amount: 2000, code, ...more })
  const entered = async (code: string) => {
    const { status, text } = await send(planUrl(), wish(plans.basic, { code }))
    expect(await rowsOf(world, 'plan_change_quotes')).toEqual([])
    return [status, text] as const
  }

  test('that is good is said to go with a change, and goes with one', async () => {
    await createCode('TWENTY')
    for (const code of ['TWENTY', 'twenty']) {
      const [status, text] = await entered(code)
      expect([status, text.includes('This code goes with a change.')]).toEqual([422, true])
      expect(text).not.toContain('This is what you have already.')
    }
    expect((await look(await quote(plans.pro, { code: 'TWENTY' }))).text).toContain('TWENTY')
  })

  test('that there is none, or that is too late or for another plan, is said to be that', async () => {
    await createCode('LATE', { expires_at: '2026-01-17T00:00:00Z' })
    await createCode('FORPRO', { restricted_to: [plans.pro] })
    await world.advanceTo('2026-01-18T00:00:00Z')
    expect((await entered('NOPE'))[1]).toContain('There is no such code.')
    expect((await entered('LATE'))[1]).toContain('This code has expired.')
    expect((await entered('FORPRO'))[1]).toContain('This code is not for this plan.')
  })
})

describe('not now', () => {
  const says = async (sentence: string) => {
    const { status, text } = await look(planUrl())
    expect([status, text.includes(sentence), text.includes('See what changes')]).toEqual([200, true, false])
    expect((await send(planUrl(), wish(plans.pro))).status).toBeGreaterThanOrEqual(400)
    expect(await taken()).toEqual([3000])
  }

  test('where the business does not allow it, while a quote was open too', async () => {
    const at = await quote(plans.pro)
    await setSettings(await world.fresh(), { allow_subscription_updates: false })
    await says('This plan cannot be changed here.')
    expect([(await send(at)).status, await planOf()]).toEqual([403, 'Basic'])
  })

  test('where it is to end, or has ended', async () => {
    await cancelSubscription(await world.fresh(), id, { timing: 'at_next_billing_date' })
    await says(
      'This subscription is set to end. Undo the cancellation first, then change the plan. Undo the cancellation',
    )
    await cancelSubscription(await world.fresh(), id, { timing: 'now' })
    await says('This subscription has ended.')
  })
})

test('what is somebody else’s is not there: subscriptions, quotes, their ways', async () => {
  const at = await quote(plans.pro)
  const quote_id = at.split('/').at(-1) ?? ''
  const other = await buy(world, plan({}, { name: 'Other' }), { email: 'noor@northwind.example' })
  visit = await signIn(world, other.customer_id)
  const mine = portal().planQuote(world.business_id, other.subscription_id, quote_id)
  for (const url of [at, mine, planUrl(), `${at}/return`]) expect((await look(url)).status).toBe(404)
  const ways = [at, mine, `${at}/stop`, `${mine}/stop`, planUrl()]
  for (const url of ways) expect((await send(url, wish(plans.pro))).status).toBe(404)
  expect(await planOf()).toBe('Basic')
})
