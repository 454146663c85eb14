// A second press while the first is under way sends nothing. The button stays enabled: its name and value must travel.

document.addEventListener('submit', (event) => {
  const form = event.target
  const closes = event.submitter instanceof HTMLButtonElement && event.submitter.formMethod === 'dialog'
  if (!(form instanceof HTMLFormElement) || closes || event.defaultPrevented) return
  if (form.ariaBusy === 'true') event.preventDefault()
  else form.ariaBusy = 'true'
})

// A page that Back brought out of the cache may be sent again.
addEventListener('pageshow', () => {
  for (const form of document.forms) form.ariaBusy = null
})
