// The address a request really came from. X-Forwarded-For is read from its right end, only as far as trusted proxies wrote it.
// Who asks too often is known by it.
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
    return ipaddr.isValid(address) ? countedAs(ipaddr.process(address)) : address
  }
}

/** With IPv6 everybody has a network of 2⁶⁴ addresses, and would be somebody else with each request: the network counts as one. */
function countedAs(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  if (address.kind() === 'ipv4') return address.toString()
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toNormalizedString()}/64`)}/64`
}
