import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { stylesheetPath } from './stylesheet.ts'

/** A whole page of the sandbox. */
export function Layout({ title, children }: { title: string; children: Child }) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{title}</title>
          <link rel="stylesheet" href={`/sandbox${stylesheetPath}`} />
          <link rel="icon" href="data:," />
        </head>
        <body>
          <main>{children}</main>
        </body>
      </html>
    </>
  )
}

/** The business's initial in a square, as a stand-in for a logo. */
export function Mark({ name }: { name: string }) {
  return (
    <span class="mark" aria-hidden="true">
      {[...name.trim()][0]?.toUpperCase() ?? '·'}
    </span>
  )
}
