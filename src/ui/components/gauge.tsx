/** How much of what is included was used, as a bar. Decoration beside the words that say it. */
export function Gauge({ used, included }: { used: number; included: number }) {
  const whole = Math.max(used, included)
  if (whole <= 0) return null
  const share = (amount: number) => Math.round((Math.max(0, Math.min(amount, whole)) / whole) * 1_000) / 10
  return (
    <svg class="gauge" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class="rest" width="100" height="1" />
      <rect width={share(used)} height="1" />
      {used > included ? <rect class="over" x={share(included)} width={100 - share(included)} height="1" /> : null}
    </svg>
  )
}
