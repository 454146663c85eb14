// A button that may be pressed again after some seconds: <button>… <span data-countdown="60"></span></button>

for (const clock of document.querySelectorAll<HTMLElement>('[data-countdown]')) {
  const button = clock.closest('button')
  const ready = performance.now() + Number(clock.dataset.countdown) * 1_000
  const tick = () => {
    const left = Math.ceil((ready - performance.now()) / 1_000)
    if (button) button.disabled = left > 0
    clock.textContent = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}` : ''
    if (left > 0) setTimeout(tick, 250)
  }
  tick()
}
