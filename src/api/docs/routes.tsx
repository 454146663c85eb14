// The reference of the API: the OpenAPI document, and a page drawn from it.
import { readFileSync } from 'node:fs'
import type { Context } from 'hono'
import type { ApiEnv } from '#api/env.ts'
import { documentFor } from '#api/openapi.ts'
import { DocsPage } from './docs-page.tsx'

const stylesheet = readFileSync(new URL('./docs.css', import.meta.url), 'utf8')

export const docs: Record<string, (c: Context<ApiEnv>) => Response | Promise<Response>> = {
  '/openapi.json': (c) => c.json(documentOf(c)),
  '/docs': (c) => c.html(`<!doctype html>${(<DocsPage document={documentOf(c)} urls={c.var.ctx.urls} />).toString()}`),
  '/docs/style.css': (c) => c.body(stylesheet, 200, { 'Content-Type': 'text/css; charset=utf-8' }),
}

function documentOf(c: Context<ApiEnv>) {
  const { mode, urls } = c.var.ctx
  return documentFor(mode, urls.api())
}
