// The frame of every mail: tables and inline styles, because mail readers know little else; dark mode where they know it.

import { raw } from 'hono/html'
import { Blocks } from '#email/blocks.tsx'
import type { Letter } from '#email/letter.ts'
import type { MailColors, MailLook } from '#email/look.ts'
import type { Translator } from '#i18n/translator.ts'

export interface Frame {
  i18n: Translator
  look: MailLook
  business: string
  /** The line under the sheet. */
  footer: string | null
  letter: Letter
}

export function Layout({ i18n, look, business, footer, letter }: Frame) {
  const { locale, dir } = i18n
  const { light, radius, fonts } = look
  const schemes = look.mode === 'system' ? 'light dark' : look.mode
  const sheet = `background:${light.sheet};border:1px solid ${light.border};border-radius:calc(${radius} * 1.5);padding:28px;color:${light.ink};font-size:15px;line-height:1.5;text-align:start`
  return (
    <html lang={locale} dir={dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={schemes} />
        <meta name="supported-color-schemes" content={schemes} />
        <title>{letter.subject}</title>
        {look.dark === null ? null : <style>{raw(darkStyles(look.dark))}</style>}
      </head>
      <body
        class="page"
        dir={dir}
        style={`margin:0;padding:24px 12px;background:${light.page};font-family:${fonts.text}`}
      >
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
          <tr>
            <td align="center">
              <table
                role="presentation"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                border={0}
                style="max-width:560px"
              >
                <tr>
                  <td class="sheet ink" dir={dir} style={sheet}>
                    <Masthead business={business} look={look} />
                    <h1
                      class="ink"
                      style={`margin:0 0 12px;font-family:${fonts.headings};font-size:20px;line-height:1.3;color:${light.ink}`}
                    >
                      {letter.subject}
                    </h1>
                    <Blocks blocks={letter.blocks} look={look} />
                  </td>
                </tr>
                <tr>
                  <td
                    dir={dir}
                    class="soft"
                    style={`padding:16px 28px;font-size:13px;line-height:1.5;color:${light.soft};text-align:start`}
                  >
                    {footer}
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>
  )
}

function Masthead({ business, look }: { business: string; look: MailLook }) {
  const { logo } = look
  const night = look.dark === null ? null : (logo?.dark ?? null)
  return (
    <p class="ink" style={`margin:0 0 24px;font-weight:600;font-size:15px;color:${look.light.ink}`}>
      {logo === null ? (
        <bdi>{business}</bdi>
      ) : (
        <Picture image={shownBy(look, logo)} business={business} by={night === null ? undefined : 'by-day'} />
      )}
      {night === null ? null : <Picture image={night} business={business} by="by-night" hidden />}
    </p>
  )
}

/** Where it is always dark the logo for it comes first. */
function shownBy({ mode }: MailLook, logo: NonNullable<MailLook['logo']>): Image {
  return mode === 'dark' ? (logo.dark ?? logo) : logo
}

type Image = Pick<NonNullable<MailLook['logo']>, 'url' | 'width' | 'height'>

function Picture({
  image,
  business,
  by,
  hidden = false,
}: {
  image: Image
  business: string
  by?: string | undefined
  hidden?: boolean
}) {
  const width = Math.min(Math.round((image.width / image.height) * 32), 240)
  const style = hidden ? 'display:none;mso-hide:all;border:0' : 'display:block;border:0'
  return <img class={by} src={image.url} alt={business} width={width} style={`${style};width:${width}px;height:auto`} />
}

function darkStyles(dark: MailColors): string {
  return `@media (prefers-color-scheme: dark) {
  .page { background: ${dark.page} !important }
  .sheet { background: ${dark.sheet} !important; border-color: ${dark.border} !important }
  .ink { color: ${dark.ink} !important } .soft { color: ${dark.soft} !important }
  .line { border-color: ${dark.border} !important } .well { background: ${dark.well} !important }
  .button { background: ${dark.button} !important; color: ${dark.button_text} !important }
  .by-day { display: none !important } .by-night { display: block !important }
}`
}
