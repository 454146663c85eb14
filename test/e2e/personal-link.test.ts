// A link made for one customer: looking never uses it up, a person's press does, once.
import { expect, test } from 'vitest'
import { useBrowser } from '#test/support/browser.ts'
import { readMail } from '#test/support/inbox.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { expectHeading, followLink } from '#test/support/person.ts'

const world = useWorld()
const open = useBrowser(() => world().url)

const OVERVIEW = 'Your plans and billing'
const CONTINUE = 'Continue to Linden Studio'

async function newLink(name: string) {
  const client = world().client()
  const email = `${name}@northwind.example`
  const { customer_id } = await client.customers.create({ email, name })
  const { link } = await client.customers.customerPortal.create(customer_id)
  return { email, link }
}

/** The person's turn: it opens, and only once. */
async function expectUnused(link: string) {
  const person = await open()
  await followLink(person, link)
  await expectHeading(person, OVERVIEW)
  const second = await open()
  await second.goto(link)
  await expectHeading(second, 'This link was used already')
}

test('looking twenty times, asking for headers, options and a prefetch leave it as it was', async () => {
  const { link, email } = await newLink('looked-at')
  for (let times = 0; times < 20; times += 1) {
    const seen = await fetch(link)
    expect(seen.status).toBe(200)
    expect(seen.headers.get('set-cookie')).toBeNull()
    expect(await seen.text()).not.toContain(email)
  }
  expect((await fetch(link, { method: 'HEAD' })).status).toBe(200)
  await fetch(link, { method: 'OPTIONS' })
  await fetch(link, { headers: { 'sec-purpose': 'prefetch;prerender', purpose: 'prefetch' } })
  await expectUnused(link)
})

test('a browser that fetches it ahead leaves it as it was', async () => {
  const { link } = await newLink('prefetched')
  const page = await open({ ignorePolicy: true })
  await page.goto(world().urls.mailbox())
  const ahead = page.context().waitForEvent('request', (request) => request.url() === link)
  await page.evaluate((url) => {
    const rules = document.createElement('script')
    rules.type = 'speculationrules'
    rules.textContent = JSON.stringify({ prefetch: [{ urls: [url], eagerness: 'immediate' }] })
    document.head.append(rules)
  }, link)
  await ahead
  await expectUnused(link)
})

test('scripts that send or press the form on load leave it as it was', async () => {
  const { link } = await newLink('scripted')
  const page = await open({ colors: 'dark' })
  await page.context().addInitScript(actOnLoad)
  const answers: number[] = []
  page.on('response', (response) => {
    if (response.request().method() === 'POST') answers.push(response.status())
  })
  await page.goto(link)
  await expect.poll(() => answers, { timeout: 10_000 }).toEqual([200, 200, 200])
  await page.getByRole('button', { name: CONTINUE }).waitFor()
  expect(await page.context().cookies()).toEqual([])
  await expectUnused(link)
})

/** One act a page: each answer is a page again. Without a person's hand on it, unlike what the test library runs by itself. */
function actOnLoad() {
  const turn = Number(sessionStorage.getItem('turn') ?? 0)
  sessionStorage.setItem('turn', String(turn + 1))
  addEventListener('load', () => {
    const button = document.querySelector<HTMLButtonElement>('button[name=continue]')
    const acts = [() => button?.form?.submit(), () => button?.form?.requestSubmit(button), () => button?.click()]
    acts[turn]?.()
  })
}

test('a form on another site cannot press it', async () => {
  const { link } = await newLink('lured')
  const page = await open({ elsewhere: ['evil.example'] })
  await page.goto('http://evil.example/')
  await page.setContent(`<form method="post" action="${link}"><button name="continue" value="yes">Win</button></form>`)
  await page.getByRole('button').click()
  await expectHeading(page, 'This could not be done')
  await expectUnused(link)
})

test('pressing twice in the same browser leads in both times', async () => {
  const { link } = await newLink('twice')
  const page = await open()
  await followLink(page, link)
  await expectHeading(page, OVERVIEW)
  await page.goBack()
  await page.getByRole('button', { name: CONTINUE }).click()
  await expectHeading(page, OVERVIEW)
})

test('a used link offers a new one to the same address without naming it', async () => {
  const { link, email } = await newLink('used')
  const first = await open()
  await followLink(first, link)
  await expectHeading(first, OVERVIEW)
  const page = await open()
  const answer = await page.goto(link)
  expect(answer?.status()).toBe(410)
  expect(await page.content()).not.toContain('northwind')
  await page.getByRole('button', { name: 'Send a new link' }).click()
  await expectHeading(page, 'A new link is on its way')
  expect(await page.content()).not.toContain('northwind')
  await followLink(page, (await readMail(await open(), world(), email)).link)
  await expectHeading(page, OVERVIEW)
})

test('an unknown link has its own page', async () => {
  const page = await open()
  const answer = await page.goto(world().urls.session('A'.repeat(43)))
  expect(answer?.status()).toBe(404)
  await expectHeading(page, 'This link does not work')
})

test('a link of yesterday has expired and offers a new one', async () => {
  const { link, email } = await newLink('late')
  world().advanceWall({ hours: 25 })
  const page = await open({ javascript: false })
  const answer = await page.goto(link)
  expect(answer?.status()).toBe(410)
  await expectHeading(page, 'This link has expired')
  await page.getByRole('button', { name: 'Send a new link' }).click()
  await followLink(page, (await readMail(await open(), world(), email)).link)
  await expectHeading(page, OVERVIEW)
})
