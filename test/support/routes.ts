// The app's own list of routes, so that a route somebody adds tomorrow is tested as well.
import type { World } from './world.ts'

export interface Route {
  method: string
  /** '/:business_id/subscriptions/:subscription_id' */
  path: string
}

/** Every address that answers a method, once. */
export function routesOf(world: World): Route[] {
  const seen = new Set<string>()
  const routes: Route[] = []
  for (const { method, path: pattern } of world.app.routes) {
    const path = pattern.replaceAll(/\{[^/]*\}+/g, '')
    if (method === 'ALL' || seen.has(`${method} ${path}`)) continue
    seen.add(`${method} ${path}`)
    routes.push({ method, path })
  }
  return routes
}

export const isPage = ({ path }: Route) =>
  !/^\/(?:api|hooks|assets|uploads|files|sandbox|dev|healthz|readyz)(?:\/|$)/.test(path)
export const isPortal = ({ path }: Route) => path.startsWith('/:business_id')
export const isApi = ({ path }: Route) => path.startsWith('/api/') && !path.startsWith('/api/docs')

/** The address with its parameters filled in; throws where one is not given. */
export function fill(path: string, params: Record<string, string>): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`the test has no ${name} for ${path}: give it one`)
    return value
  })
}
