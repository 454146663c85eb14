// Where requests may go whose address a merchant chose: out of the house, and never to what only this machine can reach.
import ipaddr from 'ipaddr.js'
import type { Egress } from '#src/context.ts'
import { isLoopback } from '#src/hosts.ts'
import type { Mode } from '#src/urls.ts'

type Range = ReturnType<typeof ipaddr.parseCIDR>

/** Loopback is open in test mode where Portico itself is served there: a developer's own machine. */
export function egressOf(mode: Mode, publicUrl: string, allowed: readonly string[]): Egress {
  const ranges = rangesOf(allowed)
  const atHome = mode === 'test' && isLoopback(new URL(publicUrl).hostname)
  return {
    allows(address) {
      if (!ipaddr.isValid(address)) return false
      const parsed = ipaddr.process(address)
      if (ranges.some((range) => range[0].kind() === parsed.kind() && parsed.match(range))) return true
      return isPublic(parsed) || (atHome && parsed.range() === 'loopback')
    },
  }
}

/** Addresses count as a range of one. */
export function rangesOf(cidrs: readonly string[]): Range[] {
  return cidrs.map((cidr) => ipaddr.parseCIDR(cidr.includes('/') ? cidr : `${cidr}/${cidr.includes(':') ? 128 : 32}`))
}

/** Virtual machines of one cloud reach its own services here. */
const CLOUD = '168.63.129.16'

function isPublic(address: ReturnType<typeof ipaddr.process>): boolean {
  if (address.range() !== 'unicast' || address.toString() === CLOUD) return false
  // What is globally routed begins with 001; the rest of "unicast" holds old ways to write an IPv4 address.
  return address.kind() === 'ipv4' || ((address as { parts: number[] }).parts[0] ?? 0) >> 13 === 1
}
