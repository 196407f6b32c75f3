import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SOURCES } from '../../seeds/sources.ts'
import { MOVEMENTS } from '../../seeds/texts/independent.ts'
import { BULLETIN } from '../../seeds/texts/official.ts'
import { type Desk, desk } from '../support/app.ts'
import {
  type Chrome,
  control,
  expectNoFaults,
  fill,
  go,
  openBrowser,
  type Page,
  press,
  wordsOn,
} from '../support/browser.ts'
import { givePassword, type Name, PASSWORD } from '../support/people.ts'

// Exactly as the format says it, in its order.
const HEADER =
  'claim,revision,stage,statement,language,story,occurred_on,place,speaker,speaker_kind,speaker_role,naming,position,relay,publisher,source_url,source_title,source_published_on,said_on,occasion,passage,quote,speech,cue,hedges,terms,question,figure_comparator,figure_low,figure_high,figure_wording,figure_as_of,finding,verdict,rationale,independent_sources,evidence_urls,archive_urls,capture_sha256,contradicts,superseded_by,new_since,decided_as,decided_by,decided_by_id,seconded_by,seconded_by_id,override,decided_at,change,change_note,published_at,permalink'

const { dispatch } = SOURCES
const ORDER =
  'In a televised speech on Friday morning President Kassym-Jomart Tokayev contended that order had been “basically” restored in every region'
const DEAD =
  'The Interior Ministry said on Friday that in Almaty at least 26 protesters were “liquidated” and 18 members of the security forces lost their lives.'
const AIRCRAFT =
  'Russia’s Defence Ministry told the TASS agency that nine Il-76 transports had landed at Almaty with paratroopers and their vehicles.'
const AIRPORT =
  'The airport, which a crowd stormed on Wednesday evening, was back in the government’s hands, the ministry added.'
const BELARUS = 'Belarusian troops are reportedly in the country as well'
const LEVERAGE =
  'Analysts say the crisis hands Moscow new leverage over a neighbour that has long kept a balance between Russia, China and the West.'
const CONTROL =
  'Correspondents of Radio Free Europe/Radio Liberty who went round three cities on Friday afternoon said that officials appeared to have “a modicum of” control'
const BEGINNING =
  'The unrest began on 2 January in the oil town of Zhanaozen, in the west, with a protest against a steep rise in the price of the liquefied gas on which many cars there run.'

let it: Desk
let chrome: Chrome
let ada: Page
let eve: Page
let dispatchPath: string
/** The references of the claims by what they are about. */
const refs: Record<string, string> = {}

beforeAll(async () => {
  ;[it, chrome] = await Promise.all([desk(), openBrowser()])
  for (const name of ['ada', 'eve'] as const) await givePassword(it.db, it.people[name].id)
  ada = await chrome.page(it)
  eve = await chrome.page(it, { timeZone: 'Asia/Almaty' })
})
afterAll(async () => {
  await chrome.close()
  await it.close()
})
afterEach(expectNoFaults)

// A walk that has stumbled goes no further.
let hasStumbled = false
beforeEach(({ skip, onTestFailed }) => {
  if (hasStumbled) skip()
  onTestFailed(() => {
    hasStumbled = true
  })
})

async function signIn(page: Page, name: Name): Promise<void> {
  await page.goto('/')
  await fill(page, { 'E-mail address': it.people[name].email, Password: PASSWORD })
  await press(page, 'Sign in')
  expect(await wordsOn(page)).toContain('My work')
}

type Given = Record<string, string | true>

/** Fills the form for a new claim and presses one of its buttons; the claim's reference is kept under `key`. */
async function recordClaim(
  key: string,
  claim: Given,
  said: Given,
  more: { figure?: Given; question?: Given; relay?: Given; button?: string } = {},
) {
  const attribution = ada.locator('#attribution-0')
  await fill(ada, claim)
  await fill(attribution, said)
  if (more.figure) {
    await ada.getByText('A figure in this claim').click()
    await fill(ada, more.figure)
    await ada.getByText('It is a new question').click()
    await fill(ada, { 'Yes, it is a running total': true, ...more.question })
  }
  if (more.relay) {
    if (!(await control(attribution, 'Relay 1').isVisible())) await attribution.getByText('Through whom').click()
    const first = attribution.locator('details').filter({ hasText: 'Through whom' }).locator('.form-row').first()
    await fill(first, more.relay)
  }
  const { button = 'Save and submit for review' } = more
  await press(ada, button)
  const words = await wordsOn(ada)
  expect(words).toMatch(/KZ-\d+ is (submitted for review|saved)/)
  refs[key] = /KZ-\d+(?= is (?:submitted|saved))/.exec(words)?.[0] ?? ''
}

/** What makes a question of its own. */
function asked(wording: string, counted: string, of: string): Given {
  return {
    'The question it answers': wording,
    'What is counted': counted,
    'Of whom, of what': of,
    'In which place': 'Almaty',
    'Of what time': 'January 2022',
    Unit: 'people',
  }
}

/** The form for a claim from the dispatch, begun on its page. */
async function fromDispatch(): Promise<void> {
  await ada.goto(dispatchPath)
  await go(ada, 'Record a claim from this source')
}

describe('From a newspaper report to a verified CSV', () => {
  test('an editor begins the story', async () => {
    await signIn(eve, 'eve')
    await go(eve, 'Stories')
    await go(eve.locator('.page-head'), 'New story')
    await fill(eve, { Code: 'KZ', Title: 'Unrest in Kazakhstan', 'Time zone': 'Asia/Almaty' })
    await press(eve, 'Begin the story')
    expect(await wordsOn(eve)).toContain('No claim yet')
  })

  test('a reporter pastes the report, and nothing pasted is lost when its publisher is new', async () => {
    await signIn(ada, 'ada')
    await go(ada, 'Sources')
    await ada.goto('/sources/new')
    await fill(ada, {
      Kind: 'Article',
      Text: dispatch.text,
      Title: dispatch.title,
      Publisher: dispatch.publisher,
      Byline: dispatch.byline,
      'Printed on': '2022-01-07',
      Language: 'en',
    })
    await press(ada, 'Add the source')
    expect(await ada.title()).toMatch(/^Error: /)
    expect(await control(ada, 'Text').inputValue()).toBe(dispatch.text)
    await fill(ada, { 'Add it as a new organisation': true })
    await press(ada, 'Add the source')
    dispatchPath = new URL(ada.url()).pathname
    const words = await wordsOn(ada)
    expect(words).toContain('The Meridian Courier')
    expect(words).toContain('7 January 2022')
    expect(words).toContain('Nobody tells us.')
  })

  test('“basically” restored: a speaker who is new, a hedge, quoted words', async () => {
    await fromDispatch()
    await recordClaim(
      'order',
      {
        Statement: 'Order was restored in every region of Kazakhstan by 7 January 2022.',
        'When it is about': '2022-01-07',
      },
      {
        Passage: ORDER,
        'How the speaker is named': 'Named',
        Speaker: 'Kassym-Jomart Tokayev',
        'If new, it is': 'Person',
        'As printed': 'President Kassym-Jomart Tokayev',
        Cue: 'contended',
        Hedges: 'basically',
        'Quoted words': 'basically',
      },
    )
    const words = await wordsOn(ada)
    expect(words).toContain('Kassym-Jomart Tokayev')
    expect(words).toContain('hedged: “basically”')
    expect(await ada.locator('blockquote mark').first().innerText()).toBe('basically')
    expect(words).not.toContain('not in the text held')
  })

  test('a speaker the desk knows is offered as they are typed', async () => {
    await fromDispatch()
    const speaker = control(ada.locator('#attribution-0'), 'Speaker')
    await speaker.pressSequentially('toka')
    await ada.locator('datalist#parties option[value="Kassym-Jomart Tokayev"]').waitFor({ state: 'attached' })
    await recordClaim(
      'attackers',
      { Statement: 'Twenty thousand people took part in the attacks in Almaty.' },
      {
        Passage: 'Almaty alone, the president claimed, had been attacked by 20,000 “bandits”.',
        Speaker: 'Kassym-Jomart Tokayev',
        Cue: 'claimed',
        'Quoted words': 'bandits',
      },
      {
        figure: { 'As printed': '20,000', 'How it is put': 'exactly, as stated', 'Number, or lower number': '20000' },
        question: asked('How many people took part in the attacks?', 'participants', 'attackers'),
      },
    )
    expect(await it.db.party.count({ where: { name: 'Kassym-Jomart Tokayev' } })).toBe(1)
  })

  test('at least 26 and 18: two claims of one passage, the second begun from the first', async () => {
    await fromDispatch()
    await recordClaim(
      'protesters',
      { Statement: 'At least 26 protesters were killed in Almaty.', 'When it is about': '2022-01', Where: 'Almaty' },
      {
        Passage: DEAD,
        Speaker: 'Interior Ministry of Kazakhstan',
        'If new, it is': 'Organisation',
        'As printed': 'The Interior Ministry',
        Cue: 'said on Friday',
        'Quoted words': 'liquidated',
      },
      {
        figure: { 'As printed': 'at least 26', 'How it is put': 'at least', 'Number, or lower number': '26' },
        question: asked('How many protesters were killed?', 'deaths', 'protesters'),
        button: 'Save the draft, then another from this passage',
      },
    )
    const attribution = ada.locator('#attribution-0')
    expect(await control(attribution, 'Passage').inputValue()).toBe(DEAD)
    expect(await control(attribution, 'Speaker').inputValue()).toBe('Interior Ministry of Kazakhstan')
    expect(await control(ada, 'Where').inputValue()).toBe('Almaty')
    await recordClaim(
      'officers',
      { Statement: 'Eighteen members of the security forces were killed in Almaty.' },
      {},
      {
        figure: { 'As printed': '18', 'How it is put': 'exactly, as stated', 'Number, or lower number': '18' },
        question: asked('How many members of the security forces were killed?', 'deaths', 'security forces'),
      },
    )
    const similar = ada.getByRole('region', { name: 'Similar claims in this story' })
    expect(await similar.innerText()).toContain(refs.protesters)
    await go(similar, refs.protesters ?? '')
    await press(ada, 'Submit for review')
    expect(await wordsOn(ada)).toContain('Submitted')
  })

  test('nine Il-76s through TASS, and what the ministry added', async () => {
    await fromDispatch()
    await recordClaim(
      'aircraft',
      { Statement: 'Nine Il-76 transports with paratroopers landed at Almaty.', 'When it is about': '2022-01-07' },
      {
        Passage: AIRCRAFT,
        Speaker: 'Russian Defence Ministry',
        'If new, it is': 'Organisation',
        'As printed': 'Russia’s Defence Ministry',
        Cue: 'told the TASS agency',
      },
      {
        relay: { 'Relay 1': 'TASS', 'If new, it is': 'Organisation' },
        figure: { 'As printed': 'nine', 'How it is put': 'exactly, as stated', 'Number, or lower number': '9' },
        question: asked('How many transports landed?', 'landings', 'Il-76 transports'),
      },
    )
    const chain = await ada.locator('.chain').first().innerText()
    expect(chain.replace(/\s+/g, ' ')).toMatch(/Russian Defence Ministry.*told the TASS agency.*The Meridian Courier/)
    await fromDispatch()
    await recordClaim(
      'airport',
      { Statement: 'The airport of Almaty was in the hands of the government on 7 January 2022.' },
      { Passage: AIRPORT, Speaker: 'Russian Defence Ministry', 'As printed': 'the ministry', Cue: 'added' },
      { relay: { 'Relay 1': 'TASS', 'Inferred, not printed': true } },
    )
  })

  test('“reportedly” about Belarus, from words selected in the text', async () => {
    await ada.goto(dispatchPath)
    await select(ada, BELARUS)
    await go(ada, 'Make a claim of these words')
    expect(await control(ada, 'Passage').inputValue()).toBe(BELARUS)
    await recordClaim(
      'belarus',
      { Statement: 'Belarusian troops are in Kazakhstan.' },
      { 'How the speaker is named': 'Unstated (“reportedly”)', Hedges: 'reportedly' },
    )
    expect(await wordsOn(ada)).toContain('hedged: “reportedly”')
  })

  test('what analysts say, what correspondents saw, what officials said, and the paper’s own voice', async () => {
    await fromDispatch()
    await recordClaim(
      'leverage',
      { Statement: 'The crisis gives Moscow more leverage over Kazakhstan.' },
      {
        Passage: LEVERAGE,
        'How the speaker is named': 'Collective (“analysts”)',
        'As printed': 'Analysts',
        Cue: 'say',
      },
    )
    await fromDispatch()
    await recordClaim(
      'control',
      { Statement: 'On the afternoon of 7 January 2022 officials had some control of three cities.' },
      {
        Passage: CONTROL,
        'How the speaker is named': 'Collective (“analysts”)',
        Speaker: 'Radio Free Europe/Radio Liberty',
        'If new, it is': 'Organisation',
        'As printed': 'Correspondents of Radio Free Europe/Radio Liberty',
        Cue: 'said',
        Hedges: 'appeared to; a modicum of',
        'Quoted words': 'a modicum of',
      },
    )
    await fromDispatch()
    await recordClaim(
      'strength',
      { Statement: 'The alliance sent about 2,500 soldiers.' },
      {
        Passage: 'Russian officials put its strength at about 2,500.',
        'How the speaker is named': 'Collective (“analysts”)',
        'As printed': 'Russian officials',
        Cue: 'put',
        Hedges: 'about',
      },
    )
    await fromDispatch()
    await recordClaim(
      'beginning',
      { Statement: 'The unrest began on 2 January 2022 in Zhanaozen.', 'When it is about': '2022-01-02' },
      { Passage: BEGINNING, 'How the speaker is named': 'The publication’s own voice' },
    )
    expect(await wordsOn(ada)).toContain('In its own voice')
  })

  test('each passage is marked in the text, with its claim beside it', async () => {
    await ada.goto(dispatchPath)
    const marked = (await ada.locator('.annotated mark').allInnerTexts()).join(' ')
    for (const passage of [ORDER, DEAD, AIRCRAFT, AIRPORT, BELARUS, LEVERAGE, CONTROL, BEGINNING])
      expect(marked).toContain(passage)
    const notes = await ada.locator('.annotated__notes').allInnerTexts()
    expect(Object.keys(refs)).toHaveLength(11)
    for (const ref of Object.values(refs)) expect(notes.join(' ')).toContain(ref)
  })

  test('`verified` on the ministry’s word alone is refused with its reason, and what was typed is kept', async () => {
    await eve.goto('/sources/new')
    await control(eve, 'Publisher').pressSequentially('Interior')
    await eve.locator('datalist option[value="Interior Ministry of Kazakhstan"]').first().waitFor({ state: 'attached' })
    await fill(eve, {
      Kind: 'Press release',
      Text: BULLETIN,
      Title: SOURCES.bulletin.title,
      Publisher: 'Interior Ministry of Kazakhstan',
      'Printed on': '2022-01-07',
      Language: 'ru',
    })
    await press(eve, 'Add the source')
    const bulletin = `#${new URL(eve.url()).pathname.split('/').at(-1)}`

    await takeUp('protesters')
    await finding('Yes: the original statement was seen')
    await addEvidence({
      Source: bulletin,
      Supports: true,
      'Told by somebody': true,
      'A party': 'Interior Ministry of Kazakhstan',
    })
    const rationale = 'The ministry’s own bulletin gives the number.'
    await decide({ Verified: true, Rationale: rationale })
    expect(await eve.title()).toMatch(/^Error: /)
    const problems = await eve.locator('.problems').innerText()
    expect(problems).toContain('Interior Ministry of Kazakhstan')
    const form = eve.locator('#decide')
    expect(await control(form, 'Rationale').inputValue()).toBe(rationale)
    expect(await control(form, 'Verified').isChecked()).toBe(true)

    await fill(form, {
      Unproven: true,
      Rationale: 'Only the ministry counts its dead. We asked two hospitals; neither answers.',
    })
    await press(form, 'Decide')
    expect(await wordsOn(eve)).toContain('Unproven')
  })

  test('another is verified on an independent document that was put in for it', async () => {
    await eve.goto('/sources/new')
    await fill(eve, {
      Kind: 'Dataset',
      Text: MOVEMENTS,
      Title: SOURCES.movements.title,
      Publisher: 'Zhetysu Spotters',
      'Printed on': '2022-01-07',
    })
    await press(eve, 'Add the source')
    await fill(eve, { 'Add it as a new organisation': true })
    await press(eve, 'Add the source')
    const movements = `#${new URL(eve.url()).pathname.split('/').at(-1)}`

    await takeUp('aircraft')
    await finding('Yes, but only through a credible relay')
    await addEvidence({
      Source: movements,
      Supports: true,
      Witnessed: true,
      Passage: 'Total: nine landings of Il-76, one take-off. Registrations were read on five of the nine.',
    })
    expect(await wordsOn(eve)).not.toContain('not in the text held')
    await decide({
      Verified: true,
      Rationale: 'Nine landings were logged by people who do not depend on the ministry.',
    })
    expect(await eve.locator('.problems').count()).toBe(0)
    expect(await eve.locator('.proof__state').innerText()).toContain('Verified')
  })

  test('a third is decided, and the rest wait', async () => {
    await takeUp('leverage')
    await finding('Not found')
    await decide({
      'Not checkable': true,
      Rationale: 'A judgement about influence to come, by people who are not named.',
    })
    expect(await eve.locator('.proof__state').innerText()).toContain('Not checkable')
    await eve.goto('/claims?stage=submitted')
    expect(await eve.locator('[data-row]').count()).toBe(8)
  })

  test('the verified CSV holds exactly the verified claim, as the format says', async () => {
    await eve.goto('/exports')
    const [download] = await Promise.all([
      eve.waitForEvent('download'),
      eve.getByRole('link', { name: 'Take the verified claims' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/verified.*\.csv$/)
    const path = join(tmpdir(), `stet-walk-${process.pid}.csv`)
    await download.saveAs(path)
    const bytes = await readFile(path)
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const text = bytes.subarray(3).toString('utf8')
    const lines = text.split('\r\n')
    expect(lines[0]?.replaceAll('"', '')).toBe(HEADER)
    expect(lines.at(-1)).toBe('')
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    const rows: Record<string, string>[] = parse(bytes, { bom: true, columns: true })
    expect(rows).toHaveLength(1)
    const [row] = rows
    const { db } = it
    const capture = await db.capture.findFirstOrThrow({ where: { text: { startsWith: dispatch.text.slice(0, 60) } } })
    expect(row).toMatchObject({
      claim: refs.aircraft,
      stage: 'decided',
      statement: 'Nine Il-76 transports with paratroopers landed at Almaty.',
      story: 'Unrest in Kazakhstan',
      occurred_on: '2022-01-07',
      speaker: 'Russian Defence Ministry',
      naming: 'named',
      position: 'asserts',
      relay: 'TASS',
      publisher: 'The Meridian Courier',
      source_title: dispatch.title,
      source_published_on: '2022-01-07',
      passage: AIRCRAFT,
      speech: 'paraphrase',
      cue: 'told the TASS agency',
      figure_low: '9',
      finding: 'confirmed_relayed',
      verdict: 'verified',
      independent_sources: '1',
      decided_by: it.people.eve.name,
      seconded_by: '',
      override: '',
    })
    expect(row?.capture_sha256?.split(' | ')).toContain(capture.sha256)
    expect(row?.permalink).toMatch(new RegExp(`/claims/${refs.aircraft}$`))
  })
})

async function takeUp(key: string): Promise<void> {
  await eve.goto(`/claims/${refs[key]}`)
  await press(eve, 'Take up')
  expect(await wordsOn(eve)).toContain('In review')
}

async function finding(word: string): Promise<void> {
  await eve.getByText('Record what was found').click()
  await fill(eve.locator('.attribution').first(), { [word]: true })
  await press(eve, 'Record the finding')
}

async function addEvidence(piece: Given): Promise<void> {
  await go(eve, 'Add evidence')
  await fill(eve, piece)
  await press(eve, 'Add the evidence')
  expect(await eve.locator('.problems').count()).toBe(0)
}

async function decide(ruling: Given): Promise<void> {
  await eve.locator('#decide > summary').click()
  const form = eve.locator('#decide')
  await fill(form, ruling)
  await press(form, 'Decide')
}

/** Selects words of the source's text, as by dragging over them. */
async function select(page: Page, words: string): Promise<void> {
  await page.evaluate(`{
    const walker = document.createTreeWalker(document.querySelector('[data-capture]'), NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const start = node.textContent.indexOf(${JSON.stringify(words)})
      if (start >= 0) getSelection().setBaseAndExtent(node, start, node, start + ${words.length})
    }
  }`)
}
