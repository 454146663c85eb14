// A button that may be pressed again after some seconds: <button>… <span data-countdown="60"></span></button>
// Or what is left of an offer, told in a sentence that holds 0:00 in its place: <span data-countdown="600" data-says="Another 0:00."></span>

for (const clock of document.querySelectorAll<HTMLElement>('[data-countdown]')) {
  const { countdown, says = '0:00' } = clock.dataset
  const button = clock.closest('button')
  const ready = performance.now() + Number(countdown) * 1_000
  const tick = () => {
    const left = Math.ceil((ready - performance.now()) / 1_000)
    if (button) button.disabled = left > 0
    const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
    clock.textContent = left > 0 ? says.replace('0:00', time) : ''
    if (left > 0) setTimeout(tick, 250)
  }
  tick()
}
