import type { PageBusiness, PageImage } from '#ui/page.ts'

/** Wider than this, a logo holds the name already. */
const WORDMARK = 1.6

const isWordmark = ({ logo }: PageBusiness) => logo !== null && logo.width / logo.height > WORDMARK

/** The logo, or the first letter of the name in the accent colour. `alone`: the name does not stand beside it. */
export function BusinessMark({ business, alone = false }: { business: PageBusiness; alone?: boolean }) {
  const { logo, name } = business
  if (logo === null) {
    return (
      <span class="mark" aria-hidden="true">
        {firstLetter(name)}
      </span>
    )
  }
  const alt = alone || isWordmark(business) ? name : ''
  const draw = (image: PageImage, by: string) => (
    <img class={`mark ${by}`} src={image.url} alt={alt} width={image.width} height={image.height} />
  )
  if (logo.dark === null) return draw(logo, '')
  return (
    <>
      {draw(logo, 'by-day')}
      {draw(logo.dark, 'by-night')}
    </>
  )
}

/** Logo and name; a logo that is wide enough to hold the name stands for both. */
export function BusinessName({ business }: { business: PageBusiness }) {
  return (
    <>
      <BusinessMark business={business} />
      {isWordmark(business) ? null : <span>{business.name}</span>}
    </>
  )
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

function firstLetter(name: string): string {
  if (/^[a-z0-9]/i.test(name)) return name.charAt(0).toUpperCase()
  for (const { segment } of graphemes.segment(name.trim())) return segment.toLocaleUpperCase('en')
  return ''
}
