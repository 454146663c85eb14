// A browser without a screen: signs a customer in, keeps the cookie, reads pages and posts the forms it finds there.
import { createInvite } from '#core/sessions/create-invite.ts'
import type { World } from './world.ts'

export const ownForm = (world: World) => ({ origin: world.urls.base, 'sec-fetch-site': 'same-origin' })

/** The value of the cookie an answer sets; undefined where it sets none, '' where it takes it away. */
export function cookieSet(answer: Response, name: string): string | undefined {
  const found = answer.headers.getSetCookie().find((line) => line.startsWith(`${name}=`))
  return found?.slice(name.length + 1).split(';')[0]
}

export const SESSION = 'portico_test_session'
export const FLOW = 'portico_test_flow'

/** Presses the button of a personal link. */
export async function pressLink(world: World, url: string, cookie?: string): Promise<Response> {
  const headers: Record<string, string> = ownForm(world)
  if (cookie !== undefined) headers.cookie = cookie
  return world.app.request(url, { method: 'POST', headers, body: new URLSearchParams({ continue: 'yes' }) })
}

export interface Visit {
  /** As the browser sends it: name and value. */
  cookie: string
  get(url: string): Promise<Response>
  /** Posts a form with the page's own token, unless told otherwise. */
  post(url: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Response>
}

/** Signs a customer in by an invitation; `before` is the cookie the browser had. */
export async function signIn(world: World, customer_id: string, before?: string): Promise<Visit> {
  const url = await createInvite(await world.fresh(), { customer_id })
  const answer = await pressLink(world, url, before)
  const token = cookieSet(answer, SESSION)
  if (token === undefined) throw new Error(`the link did not open: ${answer.status} ${await answer.text()}`)
  return visitWith(world, `${SESSION}=${token}`)
}

export async function visitWith(world: World, cookie: string): Promise<Visit> {
  const get = async (url: string) => world.app.request(url, { headers: { cookie } })
  let csrf: string | undefined
  return {
    cookie,
    get,
    async post(url, fields = {}, headers = ownForm(world)) {
      csrf ??= await readToken(await get(world.urls.portal.overview(world.business_id)))
      const body = new URLSearchParams({ csrf_token: csrf, ...fields })
      return world.app.request(url, { method: 'POST', headers: { cookie, ...headers }, body })
    },
  }
}

async function readToken(page: Response): Promise<string> {
  const token = /name="csrf_token" value="([^"]+)"/.exec(await page.text())?.[1]
  if (token === undefined) throw new Error('the page holds no token')
  return token
}
