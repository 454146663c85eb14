// The HTML around every page: head, theme, assets. No style or script is inline but those that carry the nonce.

import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { type AssetName, assets } from './assets.ts'
import type { Page } from './page.ts'
import { themeCss } from './theme.ts'

interface DocumentProps {
  page: Page
  title: string
  children: Child
  /** For answers on a host that serves no assets: the stylesheet travels inside, nothing is fetched. */
  self_contained?: boolean
}

// Hovering a link fetches it. Papers and anything with an effect are left alone.
const speculation = JSON.stringify({
  prefetch: [{ where: { selector_matches: 'a[data-prefetch]' }, eagerness: 'moderate' }],
})

export function Document({ page, title, children, self_contained = false }: DocumentProps) {
  const { i18n } = page
  const forced = page.theme.mode === 'system' ? page.color_mode : page.theme.mode
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={i18n.locale} dir={i18n.dir} data-mode={forced ?? undefined}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
          <title>{title}</title>
          <meta name="robots" content="noindex" />
          <meta name="format-detection" content="telephone=no" />
          <style nonce={page.nonce}>{raw(themeCss(page.theme) + (self_contained ? assets().css() : ''))}</style>
          {self_contained ? null : <Links page={page} />}
        </head>
        <body>{children}</body>
      </html>
    </>
  )
}

function Links({ page }: { page: Page }) {
  const href = (name: AssetName) => page.urls.asset(assets().fileName(name))
  const font = servedFont(page)
  return (
    <>
      {font === undefined ? null : <link rel="preload" href={href(font)} as="font" type="font/woff2" crossorigin="" />}
      <link rel="stylesheet" href={href('portal.css')} />
      <link rel="icon" href={href('favicon.svg')} type="image/svg+xml" />
      <script type="module" src={href('portal.js')} nonce={page.nonce} />
      <script type="speculationrules" nonce={page.nonce}>
        {raw(speculation)}
      </script>
    </>
  )
}

/** The file that the first words need; undefined where the reader's machine has the font. */
function servedFont({ i18n, theme }: Page): AssetName | undefined {
  const { font_primary, font_secondary } = theme
  if (i18n.locale === 'ar') return font_primary === 'system' ? undefined : 'vazirmatn-arabic-wght-normal.woff2'
  return font_primary === 'inter' || font_secondary === 'inter' ? 'inter-latin-wght-normal.woff2' : undefined
}
