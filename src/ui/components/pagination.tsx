import type { Translator } from '#i18n/translator.ts'
import { ButtonLink } from './button.tsx'
import { Icon } from './icon.tsx'

interface PaginationProps {
  i18n: Translator
  /** From 1. */
  page_number: number
  has_more: boolean
  /** Address of a page of the same list. */
  href: (page_number: number) => string
  /** Newest first. */
  dated?: boolean
}

/** Newer and older, or the pages before and after; nothing where one page holds everything. */
export function Pagination({ i18n, page_number, has_more, href, dated = true }: PaginationProps) {
  if (page_number === 1 && !has_more) return null
  return (
    <nav class="pages" aria-label={i18n.t('portal.pages.label')}>
      <span class="soft small">{i18n.t('portal.pages.number', { number: page_number })}</span>
      <span class="cluster">
        {page_number > 1 ? (
          <ButtonLink href={href(page_number - 1)}>
            <Icon name="chevron-left" flips />
            {i18n.t(dated ? 'portal.pages.newer' : 'portal.pages.previous')}
          </ButtonLink>
        ) : null}
        {has_more ? (
          <ButtonLink href={href(page_number + 1)}>
            {i18n.t(dated ? 'portal.pages.older' : 'portal.pages.next')}
            <Icon name="chevron-right" flips />
          </ButtonLink>
        ) : null}
      </span>
    </nav>
  )
}
