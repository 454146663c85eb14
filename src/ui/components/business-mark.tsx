import type { PageBusiness } from '#ui/page.ts'

/** The logo, or the first letter of the name in the accent colour. */
export function BusinessMark({ business }: { business: PageBusiness }) {
  if (business.logo !== null) return <img class="mark" src={business.logo} alt="" width="44" height="44" />
  return (
    <span class="mark" aria-hidden="true">
      {firstLetter(business.name)}
    </span>
  )
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

function firstLetter(name: string): string {
  if (/^[a-z0-9]/i.test(name)) return name.charAt(0).toUpperCase()
  for (const { segment } of graphemes.segment(name.trim())) return segment.toLocaleUpperCase('en')
  return ''
}
