// The reference of the API: the OpenAPI document, and pages drawn from it, one for each noun.
import { readFileSync } from 'node:fs'
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { ApiEnv } from '#api/env.ts'
import { documentFor } from '#api/openapi.ts'
import { AppError } from '#src/errors.ts'
import { ContentsPage, nounPage } from './docs-page.tsx'

const stylesheet = readFileSync(new URL('./docs.css', import.meta.url), 'utf8')

export const docs: Record<string, (c: Context<ApiEnv>) => Response | Promise<Response>> = {
  '/openapi.json': (c) => c.json(documentOf(c)),
  '/docs': (c) => draw(c, <ContentsPage document={documentOf(c)} urls={c.var.ctx.urls} />),
  '/docs/style.css': (c) => c.body(stylesheet, 200, { 'Content-Type': 'text/css; charset=utf-8' }),
  '/docs/:noun': (c) => {
    const page = nounPage({ document: documentOf(c), urls: c.var.ctx.urls }, c.req.param('noun') ?? '')
    if (page === undefined) throw new AppError('NOT_FOUND', { message: 'There is no such page in the reference' })
    return draw(c, page)
  },
}

const draw = (c: Context<ApiEnv>, page: Child) => c.html(`<!doctype html>${page}`)

function documentOf(c: Context<ApiEnv>) {
  const { mode, urls } = c.var.ctx
  return documentFor(mode, urls.api())
}
