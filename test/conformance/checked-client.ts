import DodoPayments from 'dodopayments'
import { endpoints } from '#api/endpoints.ts'
import type { World } from '#test/support/world.ts'
import { problemsOf } from './published-schemas.ts'

/** The operations that were asked and answered well, by any client of this run. */
export const covered = new Set<string>()

/** The published SDK against a world, each of whose answers is held against the published schema. */
export function checkedClient(world: World): DodoPayments {
  const fetch = async (to: string | URL | Request, init?: RequestInit) => {
    const answer = await world.app.request(to as string, init)
    const path = new URL(String(to)).pathname.replace(/^\/api/, '')
    const operation = endpoints.find((one) => one.method === init?.method?.toLowerCase() && matches(one.path, path))
    if (answer.ok && operation !== undefined) covered.add(operation.operation)
    if (answer.ok && answer.headers.get('content-type')?.includes('json')) {
      const problems = problemsOf(init?.method ?? 'get', path, await answer.clone().json(), answer.status)
      if (problems.length > 0) throw new Error(`${init?.method} ${path}: ${problems.join('; ')}`)
    }
    return answer
  }
  return new DodoPayments({ bearerToken: world.api_key, baseURL: world.urls.api(), maxRetries: 0, fetch })
}

function matches(template: string, path: string): boolean {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)
}
