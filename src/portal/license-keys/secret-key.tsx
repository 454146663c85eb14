// A key is shown when one asks for it: somebody may be looking over one's shoulder.
import type { Translator } from '#i18n/translator.ts'
import { Icon } from '#ui/components/icon.tsx'

interface SecretKeyProps {
  i18n: Translator
  license_key: { key: string; product_name: string }
}

export function SecretKey({ i18n, license_key: { key, product_name } }: SecretKeyProps) {
  return (
    <details class="secret">
      <summary>
        <bdi class="key masked" dir="ltr" aria-hidden="true">
          {maskOf(key)}
        </bdi>
        <span class="when-shut">{i18n.t('portal.keys.show')}</span>
        <span class="when-open">{i18n.t('portal.keys.hide')}</span>
        <span class="sr">: {product_name}</span>
      </summary>
      <p>
        <bdi class="key" dir="ltr">
          {key}
        </bdi>
      </p>
    </details>
  )
}

export function CopyKey({ i18n, license_key: { key, product_name } }: SecretKeyProps) {
  return (
    <button type="button" class="btn small needs-script" data-copy={key}>
      <Icon name="copy" />
      <span data-copied={i18n.t('portal.keys.copied')} aria-live="polite">
        {i18n.t('portal.keys.copy')}
      </span>
      <span class="sr">: {product_name}</span>
    </button>
  )
}

const SHOWN = 4

/** Its end tells one key from another; a short one would be given away by it. */
export function maskOf(key: string): string {
  return key.length >= SHOWN * 4 ? `••••••••${key.slice(-SHOWN)}` : '••••••••'
}
