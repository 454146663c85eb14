// A link to a page whose content is also a dialog here: <a href="…" data-dialog="id">. Without this file it is a link.

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>('a[data-dialog]') : null
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  const dialog = document.getElementById(link.dataset.dialog ?? '')
  if (!(dialog instanceof HTMLDialogElement)) return
  event.preventDefault()
  dialog.showModal()
})
