// The mails of a world, as they arrive; each is looked at in both languages.
import { expect } from 'vitest'
import type { Email } from '#core/emails/queries.ts'
import { setMailSwitches } from '#core/emails/set-mail-switches.ts'
import { renderEmail } from '#email/render-email.tsx'
import { rowsOf } from './story.ts'
import type { World } from './world.ts'

/** `seen`: takes in the templates of what arrives. */
export function mailsOf(world: World, seen = new Set<string>()) {
  const known = new Set<string>()
  return {
    /** Does all work and names the mails that came of it, sorted; each is drawn in both languages. */
    arrive: async (): Promise<string[]> => {
      await world.work()
      // Again, as by a second worker: nothing is sent twice.
      await world.work()
      const fresh = (await rowsOf(world, 'emails')).filter(({ email_id }) => !known.has(email_id))
      for (const email of fresh) {
        known.add(email.email_id)
        expect(email.status, email.last_error ?? '').toBe('sent')
        for (const locale of ['en', 'ar']) await assertDrawn(world, { ...email, locale })
        seen.add(email.template)
      }
      return fresh.map(({ template }) => template).sort()
    },
    /** The text of the latest mail of a template, in English unless told otherwise. */
    read: async (template: string, locale = 'en'): Promise<string> => {
      const email = (await rowsOf(world, 'emails')).filter((each) => each.template === template).at(-1)
      if (email === undefined) throw new Error(`no mail ${template} was sent`)
      return (await renderEmail(await world.fresh(), { ...email, locale })).text
    },
    switch: async (change: Record<string, boolean>) => setMailSwitches(await world.fresh(), change),
  }
}

/** Whole, small, nothing fetched, nothing left open, one button, and both parts say the same. */
async function assertDrawn(world: World, email: Email): Promise<void> {
  const { subject, html, text } = await renderEmail(await world.fresh(), email)
  const where = `${email.template} in ${email.locale}`
  expect(subject, where).not.toBe('')
  expect(subject.length, where).toBeLessThan(120)
  expect(html.length, where).toBeLessThan(30 * 1024)
  expect(`${subject} ${text}`, where).not.toMatch(/[{}]|undefined|null|NaN|Invalid Date|email\.\w+/)
  expect(html, where).not.toMatch(/<(img|script|link|iframe)\b|src=|url\(/)
  expect(html, where).toContain(email.locale === 'ar' ? 'dir="rtl"' : 'dir="ltr"')
  const buttons = [...html.matchAll(/<a class="button" href="([^"]*)"/g)].map(([, href]) => href ?? '')
  expect(buttons.length, where).toBeLessThanOrEqual(1)
  for (const href of buttons) expect(text, where).toContain(href.replaceAll('&amp;', '&'))
  // Word for word, leaving out where lines break and what sets directions apart.
  const words = (from: string) =>
    new Set(from.split(/[\s:\u2066-\u2069]+/).filter((word) => word !== '' && word !== '--'))
  const seen = words(unmarked(html))
  const missing = [...words(text)].filter((word) => !seen.has(word) && !buttons.some((href) => href.includes(word)))
  expect(
    missing.filter((word) => !word.startsWith('http')),
    where,
  ).toEqual([])
  const said = words(text)
  expect(
    [...seen].filter((word) => !said.has(word) && !world.ctx.business.name.includes(word)),
    where,
  ).toEqual([])
}

function unmarked(html: string): string {
  const body = html.slice(html.indexOf('<body'))
  return body
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
}
