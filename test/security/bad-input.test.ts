// V1: whatever is sent to a page, the answer is a page, and the fault is never ours.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPayLink } from '#core/recovery/pay-links.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import { type Bought, buy, download, plan } from '#test/support/buy.ts'
import { signedIn } from '#test/support/everyday.ts'
import { nobody } from '#test/support/furnish.ts'
import { fill, isPage, type Route, routesOf } from '#test/support/routes.ts'
import { checkoutOf, rowsOf } from '#test/support/story.ts'
import { ownForm, SESSION, type Visit, visitWith } from '#test/support/visit.ts'
import { createWorld, type World } from '#test/support/world.ts'

let world: World
let bought: Bought
let visit: Visit
let token: string
let params: Record<string, string>

beforeAll(async () => {
  world = await createWorld()
  bought = await buy(world, plan())
  const [payment] = await rowsOf(world, 'payments')
  params = {
    ...nobody,
    business_id: world.business_id,
    subscription_id: bought.subscription_id,
    payment_id: payment?.payment_id ?? '',
    payment_method_id: payment?.payment_method_id ?? '',
    token: (await createInvite(await world.fresh(), { customer_id: bought.customer_id })).split('/').at(-1) ?? '',
    pay_link_id: (await createPayLink(await world.fresh(), bought, { purpose: 'method', return_url: null }))
      .pay_link_id,
    checkout_id: (await checkoutOf(world, [{ product: download(900) }])).checkout_id,
    page_id: 'page_x',
    dispute_id: 'sbx_dsp_x',
    email_id: 'eml_x',
    processor: 'sandbox',
  }
})
afterAll(() => world.close())

beforeEach(async () => {
  // Not by a link: what the tests before sent has used up how often one address may knock.
  const cookies = await signedIn(world, bought.customer_id)
  visit = await visitWith(world, `${SESSION}=${cookies[SESSION]}`)
  const page = await (await visit.get(world.urls.portal.overview(world.business_id))).text()
  token = /name="csrf_token" value="([^"]+)"/.exec(page)?.[1] ?? ''
})

/** Always the same numbers, so that a failure comes again. */
function random(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** As they stand in an address. */
const oddPieces = [
  '%00',
  'a%00b',
  '%ff%fe',
  '%ED%A0%80',
  '%E0%80%AF',
  '%',
  '%zz',
  '%u0041',
  '%25%30%30',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  '....//',
  "'%20or%201=1--",
  '%24%7B7*7%7D',
  '<script>alert(1)</script>',
  '%3Cscript%3E',
  'x'.repeat(3000),
  '%F0%9F%92%A9'.repeat(50),
  '-1',
  '0',
  '9'.repeat(40),
  'null',
  '__proto__',
  'constructor',
  'bus_000000000000000000000',
  'bus_00000000000000000000é',
  ' ',
  '%0d%0aset-cookie:%20x=y',
  ';',
  '*',
]

/** As they stand in a form. */
const oddValues = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udc00y',
  'x'.repeat(10_000),
  '💩'.repeat(500),
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; drop table customers; --",
  '{{7*7}}<%= 7*7 %>',
  '\u202egpj.exe',
  'a\r\nBcc: x@evil.example',
  'mara@northwind.example, x@evil.example',
  'mara@northwind.example',
  'immediately',
  '-1',
  '1e309',
  'null',
  '[object Object]',
  'SE',
  '000000',
]

const oddBodies: [string, string | Uint8Array][] = [
  ['application/x-www-form-urlencoded', '%'],
  ['application/x-www-form-urlencoded', 'a=%00&b=%ED%A0%80&=&&&=='],
  ['application/x-www-form-urlencoded', Array.from({ length: 5000 }, (_, n) => `f${n}=x`).join('&')],
  ['application/x-www-form-urlencoded', 'a[b][c][d]='.repeat(100)],
  ['multipart/form-data', 'no boundary'],
  ['multipart/form-data; boundary=x', '--x\r\n'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="email"; filename="x"\r\n\r\nfile\r\n--x--\r\n',
  ],
  ['multipart/form-data; boundary=', ''],
  ['application/json', '{"email":'],
  ['application/json', '['.repeat(10_000)],
  ['text/plain; charset=utf-7', '+ADw-script+AD4-'],
  ['application/octet-stream', new Uint8Array([0xff, 0xfe, 0x00, 0xd8])],
  ['application/x-www-form-urlencoded', 'x'.repeat(70_000)],
]

interface Sent {
  url: string
  init: RequestInit
}

const failures: string[] = []

async function send({ url, init }: Sent) {
  const began = performance.now()
  const answer = await world.app.request(url, init)
  const text = await answer.text()
  const what = `${init.method ?? 'GET'} ${url.slice(0, 200)} ${String(init.body ?? '').slice(0, 100)}`
  if (answer.status >= 500) failures.push(`${answer.status} ${what}`)
  if (/\bat (?:async )?\S+ \(?(?:file:|\/)|node_modules|<script>alert|<img src=x/.test(text))
    failures.push(`leak ${what}`)
  if (performance.now() - began > 5000) failures.push(`slow ${what}`)
}

/** All but the one that would end the visit. */
const pages = () =>
  routesOf(world).filter(
    (route) => (isPage(route) && !route.path.endsWith('/sign-out')) || /^\/(?:dev|sandbox|assets)\//.test(route.path),
  )

function withOddPath({ method, path }: Route, pick: (below: number) => number): Sent {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
  const odd = { ...params, file: 'x.css' }
  const chosen = names[pick(names.length)]
  const piece = oddPieces[pick(oddPieces.length)] ?? ''
  const filled = fill(path, chosen === undefined ? odd : { ...odd, [chosen]: piece })
  const query = `?${['page', 'to', 'status', 'type', 'locale', 'done', 'email'][pick(7)]}=${oddPieces[pick(oddPieces.length)]}`
  const deep = pick(10) === 0 ? '/x'.repeat(pick(2000)) : ''
  const headers = { ...ownForm(world), cookie: visit.cookie }
  return { url: `${world.urls.base}${filled}${deep}${query}`, init: { method, headers } }
}

function withOddForm({ path }: Route, pick: (below: number) => number): Sent {
  const names = [
    'email',
    'name',
    'country',
    'street',
    'code',
    'continue',
    'resend',
    'effective_at',
    'cancellation_feedback',
  ]
  const rest = [
    'cancellation_comment',
    'locale',
    'to',
    'by_person',
    'number',
    'expiry',
    'cvc',
    'try_number',
    '__proto__',
    '',
  ]
  const all = [...names, ...rest]
  const body = new URLSearchParams({ csrf_token: token })
  for (let n = 0; n < 1 + pick(5); n += 1) {
    body.append(all[pick(all.length)] ?? '', oddValues[pick(oddValues.length)] ?? '')
  }
  const url = `${world.urls.base}${fill(path, { ...params, file: 'x.css' })}`
  return { url, init: { method: 'POST', headers: { ...ownForm(world), cookie: visit.cookie }, body } }
}

/** How often each page is tried. The numbers go on from page to page, so that each gets others. */
const TIMES = process.env.PORTICO_TEST_FULL === '1' ? 40 : 12

/** Signing in is limited by address, and each of these requests counts. */
const limited = ({ path }: Route) => /^\/(?:login|session)\//.test(path)

test('odd pieces in the address of any page', async () => {
  const pick = random(20_260_131)
  for (const route of pages()) {
    const times = limited(route) && route.method === 'POST' ? 4 : TIMES
    for (let n = 0; n < times; n += 1) await send(withOddPath(route, pick))
  }
  expect(failures.splice(0)).toEqual([])
}, 90_000)

test('odd values in any form', async () => {
  const pick = random(20_270_228)
  for (const route of pages().filter(({ method }) => method === 'POST')) {
    for (let n = 0; n < (limited(route) ? 4 : TIMES); n += 1) await send(withOddForm(route, pick))
  }
  expect(failures.splice(0)).toEqual([])
}, 90_000)

test('bodies that are no forms', async () => {
  for (const route of pages().filter((route) => route.method === 'POST' && !limited(route))) {
    for (const [type, body] of oddBodies) {
      const url = `${world.urls.base}${fill(route.path, params)}`
      const headers = { ...ownForm(world), cookie: visit.cookie, 'content-type': type }
      await send({ url, init: { method: 'POST', headers, body: body as BodyInit } })
    }
  }
  expect(failures.splice(0)).toEqual([])
}, 90_000)

test('odd methods, cookies and headers', async () => {
  const overview = world.urls.portal.overview(world.business_id)
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'FOO']) {
    await send({ url: overview, init: { method, headers: { ...ownForm(world), cookie: visit.cookie } } })
  }
  const cookies = [
    'x',
    '=',
    ';;;',
    'portico_test_session=%00',
    `portico_test_session=${'x'.repeat(9000)}`,
    'portico_test_session=%',
  ]
  for (const cookie of [
    ...cookies,
    'NEXT_LOCALE=../../etc',
    'NEXT_LOCALE=%00',
    'portico_test_flow=%zz',
    'portico_color=x',
  ]) {
    for (const url of [overview, world.urls.login(world.business_id)])
      await send({ url, init: { headers: { cookie } } })
  }
  for (const language of ['*', 'x'.repeat(5000), 'en;q=NaN', 'zh-Hans-CN-x-private;q=0.1,,,', ';;;', 'é']) {
    const url = world.urls.login(world.business_id)
    await send({ url, init: { headers: { 'accept-language': encodeURI(language) } } })
  }
  expect(failures.splice(0)).toEqual([])
})

test('nothing of all that made it in: what is an address is one, and nothing else was bought', async () => {
  expect((await rowsOf(world, 'subscriptions')).length).toBe(1)
  expect((await rowsOf(world, 'customers')).filter(({ email }) => !/^[^\s,<>]+@[^\s,<>]+$/.test(email.trim()))).toEqual(
    [],
  )
})
