import type { Translator } from '#i18n/translator.ts'

interface PaperLinkProps {
  i18n: Translator
  kind: 'invoice' | 'credit_note'
  /** Null where nothing was issued. */
  paper: { number: string; href: string } | null
}

/** The number of an invoice or a credit note in a table, leading to it; a dash where there is none. */
export function PaperLink({ i18n, kind, paper }: PaperLinkProps) {
  if (paper === null) {
    return (
      <span class="soft">
        <span aria-hidden="true">–</span>
        <span class="sr">{i18n.t('portal.history.no_invoice')}</span>
      </span>
    )
  }
  return (
    <a class="num" href={paper.href}>
      <span class="sr">{i18n.t(`portal.history.${kind}`)} </span>
      <bdi>{paper.number}</bdi>
    </a>
  )
}
