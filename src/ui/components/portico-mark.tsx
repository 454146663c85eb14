/** Of pages that are no business's: Portico's own sign, where theirs would be. */
export function PorticoMark() {
  return (
    <span class="mark" aria-hidden="true">
      P
    </span>
  )
}
