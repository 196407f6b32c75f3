// What script adds to pages that work without it. Each part looks for its own attributes and does nothing where there are none.

focusProblems()
sendOnce()
suggest()
readFigures()
openSheets()
sendByKey()
offerMentions()
if (document.documentElement.dataset.shortcuts === 'on') listenForKeys()

/** The error summary is where reading starts on a refused form. */
function focusProblems() {
  document.querySelector('[data-focus]')?.focus()
}

/** A form goes once: its buttons rest until the page is shown again. */
function sendOnce() {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (event.defaultPrevented || form.method !== 'post') return
    // After this turn, so that the pressed button's own value is still sent.
    setTimeout(() =>
      buttonsOf(form).forEach((button) => {
        button.disabled = true
      }),
    )
  })
  addEventListener('pageshow', () => {
    for (const form of document.forms)
      if (form.method === 'post')
        buttonsOf(form).forEach((button) => {
          button.disabled = false
        })
  })
}

function buttonsOf(form) {
  return [...form.elements].filter((element) => element.type === 'submit')
}

/** Fields with data-suggest fill their datalist from that address. Listened for on the document: forms may gain rows. */
function suggest() {
  let timer
  let latest
  document.addEventListener('input', ({ target }) => {
    const address = target.dataset?.suggest
    if (!address || !target.list) return
    clearTimeout(timer)
    const typed = target.value.trim()
    // A value that is one of the options was just chosen from them.
    if (typed.length < 2 || [...target.list.options].some((option) => option.value === target.value)) return
    timer = setTimeout(async () => {
      latest?.abort()
      latest = new AbortController()
      const url = new URL(address, location.href)
      url.searchParams.set('q', typed)
      try {
        const answer = await fetch(url, { headers: { accept: 'application/json' }, signal: latest.signal })
        if (!answer.ok) return
        const found = await answer.json()
        target.list.replaceChildren(...found.map(({ value, label }) => optionOf(value, label)))
      } catch {
        // Without suggestions the field is an ordinary one.
      }
    }, 180)
  })
}

/** What a figure's printed words come to is said beside them; its button puts it into the numbers. */
function readFigures() {
  for (const row of document.querySelectorAll('[data-figure]'))
    row.firstElementChild.addEventListener('change', async ({ target }) => {
      const url = `${row.dataset.figure}?words=${encodeURIComponent(target.value)}`
      const answer = await fetch(url).catch(() => null)
      if (answer?.ok) row.nextElementSibling.textContent = (await answer.json()).sentence
    })
}

function optionOf(value, label) {
  const option = document.createElement('option')
  option.value = value
  if (label && label !== value) option.label = label
  return option
}

/** Buttons with data-opens open that dialog; it gives focus back by itself. */
function openSheets() {
  for (const button of document.querySelectorAll('[data-opens]')) {
    button.hidden = false
    button.addEventListener('click', () => openSheet(button.dataset.opens))
  }
}

function openSheet(id) {
  const sheet = document.getElementById(id)
  if (sheet && !sheet.open) sheet.showModal()
}

/** Single keys, never in a field, with a modifier or over a dialog (WCAG 2.1.4; the account turns them off). */
function listenForKeys() {
  let going = Number.NEGATIVE_INFINITY
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return
    if (event.target.closest('input, select, textarea, [contenteditable], dialog')) return
    const isGoing = event.timeStamp - going < 1500
    going = Number.NEGATIVE_INFINITY
    if (isGoing) return follow(event, document.querySelector(`[data-go="${CSS.escape(event.key)}"]`))
    if (event.key === 'g') going = event.timeStamp
    else if (event.key === '/') moveTo(event, document.querySelector('[role="search"] input'))
    else if (event.key === '?') openSheet('keys')
    else if (event.key === 'j') moveTo(event, rowBeside(1))
    else if (event.key === 'k') moveTo(event, rowBeside(-1))
    else onClaim(event)
  })
}

// What single keys press and what they only go to, on a claim's page and in the queue. No verdict is given by one.
const PRESSED = {
  a: 'button[name="action"][value="take_up"]',
  h: 'button[name="action"][value="hand_back"]',
  u: 'form[action$="/undoings"] button',
  e: 'a[data-edit]',
  x: 'tr:focus-within input[form="selection"]',
}
const GONE_TO = { d: '#decide input[name="verdict"]', s: 'button[name="action"][value="second"]' }

function onClaim(event) {
  const { key } = event
  if (Object.hasOwn(PRESSED, key)) return follow(event, document.querySelector(PRESSED[key]))
  const field =
    Number(key) >= 1 && Number(key) <= 7
      ? document.querySelectorAll(GONE_TO.d)[key - 1]
      : Object.hasOwn(GONE_TO, key) && document.querySelector(GONE_TO[key])
  if (!field) return
  const fold = field.closest('details')
  if (fold) fold.open = true
  if (key !== 'd' && field.type === 'radio') field.checked = true
  moveTo(event, field)
}

/** While a name is typed after an @, the names that begin so are offered as buttons. */
function offerMentions() {
  const offer = document.querySelector('[data-mentions]')
  const field = offer?.closest('form').querySelector('textarea')
  if (!field) return
  const names = offer.dataset.mentions.split('\n')
  field.addEventListener('input', () => {
    const before = field.value.slice(0, field.selectionStart)
    const at = before.lastIndexOf('@')
    const begun = before.slice(at + 1).toLowerCase()
    const fitting = at < 0 ? [] : names.filter((name) => name.toLowerCase().startsWith(begun)).slice(0, 6)
    offer.hidden = !fitting.length
    offer.replaceChildren(
      ...fitting.map((name) => {
        const button = Object.assign(document.createElement('button'), { type: 'button', textContent: `@${name}` })
        button.className = 'button'
        button.addEventListener('click', () => {
          field.setRangeText(`@${name} `, at, field.selectionStart, 'end')
          field.focus()
          offer.hidden = true
        })
        return button
      }),
    )
  })
}

/** Ctrl+Enter sends the form of a move that one is writing in. */
function sendByKey() {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    const form = event.target.closest('[data-quick], .move-form form')
    if (!form) return
    event.preventDefault()
    form.requestSubmit()
  })
}

function follow(event, link) {
  if (!link) return
  event.preventDefault()
  link.click()
}

function moveTo(event, element) {
  if (!element) return
  event.preventDefault()
  element.focus()
  element.select?.()
}

/** The link of the row after (1) or before (-1) the one that has focus; of the one shown beside, else of the first or last one, when none has. Enter then opens it, being a link. */
function rowBeside(step) {
  const rows = [...document.querySelectorAll('[data-rows] [data-row]')].filter((row) => row.querySelector('a[href]'))
  const focused = rows.findIndex((row) => row.contains(document.activeElement))
  const now = focused < 0 ? rows.findIndex((row) => row.querySelector('[aria-current="true"]')) : focused
  const next = now < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(now + step, 0), rows.length - 1)
  return rows[next]?.querySelector('a[href]')
}
