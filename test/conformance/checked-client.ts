import DodoPayments from 'dodopayments'
import { expect } from 'vitest'
import type { World } from '#test/support/world.ts'
import { problemsOf } from './published-schemas.ts'

/** The published SDK against a world, each of whose answers is held against the published schema. */
export function checkedClient(world: World): DodoPayments {
  const fetch = async (to: string | URL | Request, init?: RequestInit) => {
    const answer = await world.app.request(to as string, init)
    const path = new URL(String(to)).pathname.replace(/^\/api/, '')
    const json = answer.headers.get('content-type')?.includes('json')
    if (answer.status === 200 && json) {
      expect(problemsOf(init?.method ?? 'get', path, await answer.clone().json())).toEqual([])
    }
    return answer
  }
  return new DodoPayments({ bearerToken: world.api_key, baseURL: world.urls.api(), maxRetries: 0, fetch })
}
