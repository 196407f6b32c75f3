// Words selected in a source's text: taken into a new claim from the source's page, and into the passage of a claim's form, with their place.
const MOST_WORDS = 2000

offerSelection()
takeFromReading()

/** Words selected in a source's text can be taken into a new claim. */
function offerSelection() {
  const source = document.querySelector('[data-capture]')
  const bar = document.querySelector('[data-selection]')
  if (!source?.dataset.claimHref || !bar) return
  const link = bar.querySelector('[data-selection-link]')
  const words = bar.querySelector('[data-selection-words]')
  document.addEventListener('selectionchange', () => {
    const selection = getSelection()
    const text =
      selection.rangeCount && source.contains(selection.getRangeAt(0).commonAncestorContainer) ? wordsOf(selection) : ''
    const usable = text.length > 2 && text.length <= MOST_WORDS
    // The bar stays while it has focus, for somebody who got to it by Tab.
    if (!usable && bar.contains(document.activeElement)) return
    bar.hidden = !usable
    if (!usable) return
    const url = new URL(source.dataset.claimHref, location.href)
    // Where they stand, never the words: addresses are kept in histories and logs.
    url.searchParams.set('start', startOf(selection))
    url.searchParams.set('end', endOf(selection))
    link.href = url.href
    words.textContent = `“${text}”`
  })
}

/** Beside a claim's form its source can be read: a button puts the selected words into the passage that was last in hand. */
function takeFromReading() {
  const reading = document.querySelector('[data-reading]')
  const button = document.querySelector('[data-use-selection]')
  const passages = [...document.querySelectorAll('textarea[name$="[passage]"]')]
  if (!reading || !button || !passages.length) return
  let passage = passages.find((field) => !field.value) ?? passages[0]
  let words = ''
  let start = 0
  for (const field of passages) field.addEventListener('focus', () => (passage = field))
  document.addEventListener('selectionchange', () => {
    const selection = getSelection()
    if (!selection.rangeCount || !reading.contains(selection.getRangeAt(0).commonAncestorContainer)) return
    words = wordsOf(selection)
    start = startOf(selection)
    button.hidden = words.length < 3 || words.length > MOST_WORDS
  })
  button.addEventListener('click', () => {
    passage.value = words
    const place = `${reading.dataset.reading}:${start}`
    for (const field of passage.closest('fieldset').querySelectorAll('input[name$="[place]"]'))
      if (field.type === 'radio') field.checked = field.value === place
      else field.value = place
    passage.focus()
  })
}

/** Where the selected words begin in the source's text, in code points: texts repeat themselves. */
function startOf(selection) {
  const range = selection.getRangeAt(0)
  const node =
    range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer
  const paragraph = node.closest('[data-from], [data-reading]') ?? nextParagraph(range)
  if (!paragraph) return 0
  const before = document.createRange()
  before.setStart(paragraph, 0)
  if (paragraph.contains(range.startContainer)) before.setEnd(range.startContainer, range.startOffset)
  const part = range.cloneContents()
  removeOurs(part)
  const blank = part.textContent.length - part.textContent.trimStart().length
  const ahead = before.cloneContents()
  removeOurs(ahead)
  return Number(paragraph.dataset.from ?? 0) + Array.from(ahead.textContent).length + blank
}

/** Where they end, in code points. */
function endOf(selection) {
  const range = selection.getRangeAt(0)
  const paragraph = [...document.querySelectorAll('[data-from]')].findLast((one) => range.intersectsNode(one))
  if (!paragraph) return 0
  const upTo = document.createRange()
  upTo.selectNodeContents(paragraph)
  if (paragraph.contains(range.endContainer)) upTo.setEnd(range.endContainer, range.endOffset)
  const part = upTo.cloneContents()
  removeOurs(part)
  return Number(paragraph.dataset.from) + Array.from(part.textContent.trimEnd()).length
}

/** The paragraph that a selection from between two of them reaches first. */
function nextParagraph(range) {
  return [...document.querySelectorAll('[data-from]')].find((paragraph) => range.intersectsNode(paragraph))
}

/** The selected words without the numbers of the marks and the notes in the margin, which are not the source's. */
function wordsOf(selection) {
  const part = selection.getRangeAt(0).cloneContents()
  removeOurs(part)
  return part.textContent.trim()
}

function removeOurs(part) {
  for (const ours of part.querySelectorAll('.annotated__number, .annotated__notes, .visually-hidden')) ours.remove()
}
