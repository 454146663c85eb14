// What an endpoint answers, and how it is sent.
import type { Context } from 'hono'
import type { ContentfulStatusCode, StatusCode } from 'hono/utils/http-status'
import type { Endpoint } from './endpoint.ts'
import type { ApiEnv } from './env.ts'

/** All there is of it beside headers; a body of no characters is none. */
export interface Answer {
  status: number
  body: string
}

/** Of what the endpoint's verb came to. */
export function answerOf({ status }: Endpoint, result: unknown): Answer {
  return { status: status ?? 200, body: result === undefined || status === 204 ? '' : JSON.stringify(result) }
}

export function send(c: Context<ApiEnv>, { status, body }: Answer): Response {
  c.header('Cache-Control', 'no-store')
  if (body === '') return c.body(null, status as StatusCode)
  return c.body(body, status as ContentfulStatusCode, { 'Content-Type': 'application/json' })
}

/** A file, which goes out as it comes. */
export function sendFile(c: Context<ApiEnv>, file: Response): Response {
  c.header('Cache-Control', 'no-store')
  return c.newResponse(file.body, file)
}
