import type { MessageKey, Translator, When } from '#i18n/translator.ts'
import { Icon } from '#ui/components/icon.tsx'
import { Tag, type Tone } from '#ui/components/tag.tsx'

export interface LicenseKey {
  license_key_id: string
  key: string
  product_name: string
  status: 'active' | 'expired' | 'disabled'
  /** Null: as often as one likes. */
  activations_limit: number | null
  instances_count: number
  expires_at: When | null
}

const tones: Record<LicenseKey['status'], Tone> = { active: 'ok', expired: 'dim', disabled: 'bad' }

export function LicenseKeys({ i18n, keys }: { i18n: Translator; keys: readonly LicenseKey[] }) {
  return (
    <section aria-labelledby="keys">
      <h2 id="keys">{i18n.t('portal.keys.title')}</h2>
      <ul class="list">
        {keys.map((key) => (
          <li class="item">
            <div class="grow">
              <p class="cluster">
                <b>
                  <bdi>{key.product_name}</bdi>
                </b>
                <Tag tone={tones[key.status]}>{i18n.t(`portal.keys.${key.status}` satisfies MessageKey)}</Tag>
              </p>
              <p>
                <bdi class="key" dir="ltr">
                  {key.key}
                </bdi>
              </p>
              <p class="small soft">{factsOf(i18n, key).join(' · ')}</p>
            </div>
            <button type="button" class="btn small needs-script" data-copy={key.key}>
              <Icon name="copy" />
              <span data-copied={i18n.t('portal.keys.copied')} aria-live="polite">
                {i18n.t('portal.keys.copy')}
              </span>
              <span class="sr">: {key.product_name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function factsOf(i18n: Translator, key: LicenseKey): string[] {
  const used =
    key.activations_limit === null
      ? i18n.t('portal.keys.activations', { count: key.instances_count })
      : i18n.t('portal.keys.activations_of', { count: key.instances_count, limit: key.activations_limit })
  if (key.expires_at === null) return [used]
  return [used, i18n.t('portal.keys.expires', { date: i18n.date(key.expires_at) })]
}
