// What is measured on every page: accessibility by axe, and whether anything sticks out.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** One line for each element that breaks a rule. */
export async function violations(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ runOnly: tags, resultTypes: ['violations'] })
  const { violations } = await axe.setLegacyMode(true).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replaceAll(/\s+/g, ' ')}`),
  )
}

const desktop = { width: 1440, height: 900 }
const widths = [desktop, { width: 390, height: 844 }, { width: 320, height: 640 }]

/** For each width what does not fit there; empty where all is well. The page is left on a desktop. */
export async function overflows(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const size of widths) {
    await page.setViewportSize(size)
    found.push(...(await overflow(page)).map((it) => `${size.width}: ${it}`))
  }
  await page.setViewportSize(desktop)
  return found
}

/** What reaches beyond the window at its sides, or is cut off inside its box. */
async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement
    const wide = root.scrollWidth > root.clientWidth ? [`page: ${root.scrollWidth} in ${root.clientWidth}`] : []
    const seen = [...document.body.querySelectorAll<HTMLElement>('*')].filter((element) => {
      const { width, height } = element.getBoundingClientRect()
      return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    })
    return [
      ...wide,
      ...seen.filter(sticksOut).map((it) => `out: ${nameOf(it)}`),
      ...seen.filter(isCut).map((it) => `cut: ${nameOf(it)}`),
    ]

    function sticksOut(element: HTMLElement): boolean {
      const { left, right } = element.getBoundingClientRect()
      if (left >= -1 && right <= root.clientWidth + 1) return false
      // Waits outside until the Tab key brings it in.
      if (element.matches('a.skip')) return false
      return !hasAncestor(element, (box) => /auto|scroll/.test(getComputedStyle(box).overflowX))
    }

    function isCut(element: HTMLElement): boolean {
      const { overflowX, textOverflow } = getComputedStyle(element)
      if (!/hidden|clip/.test(overflowX) || textOverflow === 'ellipsis') return false
      return element.scrollWidth > element.clientWidth + 1
    }

    function hasAncestor(element: HTMLElement, test: (box: HTMLElement) => boolean): boolean {
      const parent = element.parentElement
      return parent !== null && (test(parent) || hasAncestor(parent, test))
    }

    function nameOf(element: HTMLElement): string {
      const text = element.textContent?.trim().slice(0, 40)
      return `${element.tagName.toLowerCase()}.${element.className} “${text}”`
    }
  })
}
