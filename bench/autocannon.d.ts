// The part of autocannon that is used here; it brings no types.
declare module 'autocannon' {
  interface Request {
    method: string
    path?: string
    body?: string
    headers: Record<string, string>
  }
  interface Client {
    setRequests(requests: Request[]): void
  }
  interface Options {
    url: string
    connections: number
    /** Seconds. */
    duration?: number
    amount?: number
    setupClient(client: Client): void
  }
  interface Result {
    '2xx': number
    non2xx: number
    errors: number
    timeouts: number
    /** Seconds. */
    duration: number
    latency: { p50: number; p99: number }
  }
  export default function autocannon(options: Options): Promise<Result>
}
