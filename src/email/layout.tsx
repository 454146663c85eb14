// The frame of every mail: tables and inline styles, because mail readers know little else; dark mode where they know it.

import { raw } from 'hono/html'
import { Blocks } from '#email/blocks.tsx'
import type { Letter } from '#email/letter.ts'
import type { MailColors, MailLook } from '#email/look.ts'
import type { Translator } from '#i18n/translator.ts'

const FONT = "font-family:'Inter',system-ui,-apple-system,'Segoe UI',Roboto,sans-serif"

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
  const { light, radius } = look
  const sheet = `background:${light.sheet};border:1px solid ${light.border};border-radius:calc(${radius} * 1.5);padding:28px;color:${light.ink};font-size:15px;line-height:1.5;text-align:start`
  return (
    <html lang={locale} dir={dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{letter.subject}</title>
        <style>{raw(darkStyles(look.dark))}</style>
      </head>
      <body class="page" dir={dir} style={`margin:0;padding:24px 12px;background:${light.page};${FONT}`}>
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
                    <h1 class="ink" style={`margin:0 0 12px;font-size:20px;line-height:1.3;color:${light.ink}`}>
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
  return (
    <p class="ink" style={`margin:0 0 24px;font-weight:600;font-size:15px;color:${look.light.ink}`}>
      {look.logo === null ? (
        <bdi>{business}</bdi>
      ) : (
        <img src={look.logo} alt={business} height={32} style="display:block;border:0;height:32px" />
      )}
    </p>
  )
}

function darkStyles(dark: MailColors): string {
  return `@media (prefers-color-scheme: dark) {
  .page { background: ${dark.page} !important }
  .sheet { background: ${dark.sheet} !important; border-color: ${dark.border} !important }
  .ink { color: ${dark.ink} !important } .soft { color: ${dark.soft} !important }
  .line { border-color: ${dark.border} !important } .well { background: ${dark.well} !important }
  .button { background: ${dark.button} !important; color: ${dark.button_text} !important }
}`
}
