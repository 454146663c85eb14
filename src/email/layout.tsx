// The frame of every mail: tables and inline styles, because mail readers know little else; dark mode where they know it.

import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Translator } from '#i18n/translator.ts'

const DARK = `@media (prefers-color-scheme: dark) {
  .page { background: #131416 !important } .sheet { background: #1a1b1e !important; border-color: #2b2d31 !important }
  .ink { color: #ecedee !important } .soft { color: #a2a6ad !important }
  .button { background: #7fd1b0 !important; color: #0d1f18 !important } .code { background: #222428 !important }
}`

export const ink = 'color:#191a1c'
export const soft = 'color:#5f636b'
const font = "font-family:'Inter',system-ui,-apple-system,'Segoe UI',Roboto,sans-serif"

export function Layout(props: {
  i18n: Translator
  subject: string
  business: string
  support_email: string | null
  children: Child
}) {
  const { locale, dir, t } = props.i18n
  return (
    <html lang={locale} dir={dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{props.subject}</title>
        <style>{raw(DARK)}</style>
      </head>
      <body class="page" style={`margin:0;padding:24px 12px;background:#f6f6f4;${font}`}>
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
          <tr>
            <td align="center">
              <table
                role="presentation"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                border={0}
                style="max-width:520px"
              >
                <tr>
                  <td
                    class="sheet"
                    dir={dir}
                    style={`background:#ffffff;border:1px solid #e4e4e0;border-radius:12px;padding:32px;${ink};font-size:15px;line-height:1.5;text-align:start`}
                  >
                    <p class="ink" style={`margin:0 0 24px;font-weight:600;font-size:15px;${ink}`}>
                      <bdi>{props.business}</bdi>
                    </p>
                    {props.children}
                  </td>
                </tr>
                <tr>
                  <td dir={dir} class="soft" style={`padding:16px 32px;font-size:13px;line-height:1.5;${soft}`}>
                    {props.support_email === null
                      ? null
                      : t('email.support', { business: props.business, address: props.support_email })}
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

export function Heading(props: { children: Child }) {
  return (
    <h1 class="ink" style={`margin:0 0 12px;font-size:20px;line-height:1.3;font-weight:640;${ink}`}>
      {props.children}
    </h1>
  )
}

export function Paragraph(props: { children: Child; quiet?: boolean }) {
  return (
    <p class={props.quiet ? 'soft' : 'ink'} style={`margin:0 0 16px;${props.quiet ? `font-size:13px;${soft}` : ink}`}>
      {props.children}
    </p>
  )
}

export function Button(props: { href: string; children: Child }) {
  return (
    <p style="margin:24px 0">
      <a
        class="button"
        href={props.href}
        style="display:inline-block;background:#1d4f3f;color:#ffffff;text-decoration:none;font-weight:600;font-size:15px;padding:12px 20px;border-radius:8px"
      >
        {props.children}
      </a>
    </p>
  )
}

export function Code(props: { children: Child }) {
  return (
    <p
      class="code ink"
      dir="ltr"
      style={`margin:0 0 16px;padding:12px 16px;background:#f6f6f4;border-radius:8px;font-size:24px;letter-spacing:6px;font-weight:640;font-variant-numeric:tabular-nums;text-align:center;${ink}`}
    >
      {props.children}
    </p>
  )
}
