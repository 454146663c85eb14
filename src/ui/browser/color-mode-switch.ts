import { COLOR_MODE_COOKIE } from '#ui/color-mode.ts'

const YEAR = 31_536_000

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element) || !event.target.closest('[data-color-mode-switch]')) return
  const root = document.documentElement
  const shown = root.dataset.mode ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
  const next = shown === 'dark' ? 'light' : 'dark'
  root.dataset.mode = next
  const secure = location.protocol === 'https:' ? '; secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${COLOR_MODE_COOKIE}=${next}; path=/; max-age=${YEAR}; samesite=lax${secure}`
})
