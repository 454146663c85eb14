const SHOWN_MS = 2_000

document.addEventListener('click', async (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-copy]') : null
  if (!button) return
  await navigator.clipboard.writeText(button.dataset.copy ?? '')
  const label = button.querySelector('[data-copied]')
  if (!(label instanceof HTMLElement)) return
  const before = label.textContent
  label.textContent = label.dataset.copied ?? ''
  setTimeout(() => {
    label.textContent = before
  }, SHOWN_MS)
})
