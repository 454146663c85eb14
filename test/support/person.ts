// What a person does in the browser, said by what they read on the page, never by what the page is made of.

import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { cards } from './buy.ts'

export interface Details {
  email?: string
  name?: string
  country?: string
}

export async function fillCheckout(page: Page, { email, name, country }: Details): Promise<void> {
  if (email !== undefined) await page.getByLabel('E-mail').fill(email)
  if (name !== undefined) await page.getByLabel('Full name').fill(name)
  if (country !== undefined) await page.getByLabel('Country').selectOption({ label: country })
}

/** On the processor's page. Any other card than `cards` is refused there. */
export async function enterCard(page: Page, number: string = cards.good): Promise<void> {
  await page.getByLabel('Card number').fill(number)
  await page.getByLabel('Expiry').fill('12/34')
  await page.getByLabel('CVC').fill('123')
}

export async function payWithCard(page: Page, number?: string): Promise<void> {
  await enterCard(page, number)
  await page.getByRole('button', { name: /^(Pay|Save)/ }).click()
}

/** From the checkout to the thanks. */
export async function buyOnPages(page: Page, checkout_url: string, details: Details, card?: string): Promise<void> {
  await page.goto(checkout_url)
  await fillCheckout(page, details)
  await page.getByRole('button', { name: /^(Pay|Continue)/ }).click()
  await payWithCard(page, card)
}

/** Opens a personal link and presses its button. */
export async function followLink(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: /^Continue to / }).click()
}

/** What the page tells a person it is. */
export async function expectHeading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
}
