// The address a request really came from. X-Forwarded-For is read from its right end, only as far as trusted proxies wrote it.
import ipaddr from 'ipaddr.js'
import { rangesOf } from '#src/egress.ts'

export function clientIpReader(trustedProxies: readonly string[]) {
  const ranges = rangesOf(trustedProxies)
  const isTrusted = (address: string) => {
    if (!ipaddr.isValid(address)) return false
    const parsed = ipaddr.process(address)
    return ranges.some((range) => range[0].kind() === parsed.kind() && parsed.match(range))
  }
  return (socketAddress: string | undefined, forwardedFor: string | undefined): string => {
    let address = socketAddress ?? 'unknown'
    const hops = forwardedFor?.split(',').map((hop) => hop.trim()) ?? []
    while (isTrusted(address)) {
      const hop = hops.pop()
      if (hop === undefined || !ipaddr.isValid(hop)) break
      address = hop
    }
    return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address
  }
}
