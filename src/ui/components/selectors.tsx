// Language and light or dark: in the bar of every page, on desktop and phone.
import { completeLocales, locales } from '#i18n/locales.ts'
import type { Page } from '#ui/page.ts'
import { Icon } from './icon.tsx'

const MANY = 8

/** A menu of languages in their own names. Each is a button of a form: no script takes part. */
export function LanguageSelector({ page }: { page: Page }) {
  const { i18n, language } = page
  if (language === null) return null
  const current = locales.find(({ code }) => code === i18n.locale)
  const label = i18n.t('portal.language.label')
  return (
    <>
      <button
        type="button"
        class="btn quiet"
        popovertarget="languages"
        aria-label={`${label}: ${current?.endonym ?? ''}`}
      >
        <Icon name="languages" size={18} />
        <span class="desk-only">{current?.endonym ?? i18n.locale}</span>
      </button>
      <div class="menu" id="languages" popover="auto">
        <form
          aria-label={label}
          method={language.method}
          action={language.action}
          class={completeLocales.length > MANY ? 'choices languages many' : 'choices languages'}
        >
          {language.method === 'post' && page.csrf_token !== null ? (
            <input type="hidden" name="csrf_token" value={page.csrf_token} />
          ) : null}
          {Object.entries(language.keep ?? {}).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          {language.method === 'post' && language.to ? <input type="hidden" name="to" value={language.to} /> : null}
          {completeLocales.map(({ code, endonym, dir }) => (
            <button
              type="submit"
              class="nav-item"
              name="locale"
              value={code}
              lang={code}
              dir={dir}
              aria-current={code === i18n.locale ? 'true' : undefined}
            >
              {endonym}
              {code === i18n.locale ? <Icon name="check" /> : null}
            </button>
          ))}
        </form>
      </div>
    </>
  )
}

/** Needs a script to remember; without one the system's choice holds. Absent where the merchant decided. */
export function ModeSwitch({ page, look }: { page: Page; look: 'bar' | 'row' }) {
  if (page.theme.mode !== 'system') return null
  const label = page.i18n.t('portal.mode.switch')
  return look === 'bar' ? (
    <button
      type="button"
      class="btn quiet icon-only needs-script"
      data-color-mode-switch
      aria-label={label}
      title={label}
    >
      <Icon name="sun-moon" size={18} />
    </button>
  ) : (
    <button type="button" class="nav-item needs-script" data-color-mode-switch>
      <Icon name="sun-moon" size={18} />
      {label}
    </button>
  )
}
