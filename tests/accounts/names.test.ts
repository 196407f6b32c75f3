import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { normaliseAddresses } from '../../src/accounts/addresses.store.ts'
import { alikeAmong, looksLike } from '../../src/accounts/look-alike.ts'
import { mailboxOf } from '../../src/accounts/mailbox.ts'
import { verifyHistory } from '../../src/history/verify.store.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'
import { changeUnguarded } from '../support/behind.ts'
import { givePassword, PASSWORD } from '../support/people.ts'

let it: Desk
beforeAll(async () => {
  it = await desk()
})
afterAll(() => it.close())

const HIDDEN = ['\u200b', '\u00ad', '\u202e', '\u2066', '\ufeff', '\u200d', '\u3164', '\u2800', '\u2063', '\u{e0041}']

describe('Names that look alike', () => {
  test.each([
    ['Ada Abel', 'ada abel'],
    ['Ada Abel', 'Аdа Аbеl'],
    ['Ada Abel', 'Ada  Abel'],
    ['Ada Abel', 'Ada\u00a0Abel'],
    ['Ada Abel', 'ADA ABEL.'],
    ['Ada Abel', '𝐀𝐝𝐚 𝐀𝐛𝐞𝐥'],
    ['Ian Ilves', 'lan llves'],
    ['Sam Sato', 'Sarn Sato'],
    ['Stet', 'Ѕtеt'],
    ['ВОВА', 'BOBA'],
    ['Olga', '0lga'],
    ['Ｅve Egan', 'Eve Egan'],
  ])('%s and %s', (one, other) => {
    expect(looksLike(one, other)).toBe(true)
    expect(looksLike(other, one)).toBe(true)
  })

  test.each([
    ['Ada Abel', 'Ada Abele'],
    ['Anna Kim', 'Anna Kim (Almaty)'],
    ['Жанна Ким', 'Анна Ким'],
    ['金 安娜', '金 安妮'],
    ['Ben Bauer', 'Ben Brauer'],
  ])('%s and %s are two', (one, other) => {
    expect(looksLike(one, other)).toBe(false)
  })

  test('a name is alike to itself, whatever is put in that nobody sees', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom(...HIDDEN.filter((sign) => sign !== '\u2800')),
        fc.nat(),
        (name, sign, at) => {
          const place = at % (name.length + 1)
          const isWithin = name.slice(0, place).isWellFormed()
          expect(looksLike(name, isWithin ? name.slice(0, place) + sign + name.slice(place) : name)).toBe(true)
        },
      ),
    )
  })

  test('are found among many', () => {
    const people = [
      { id: 1, name: 'Ada Abel' },
      { id: 2, name: 'Ben Bauer' },
      { id: 3, name: 'Аda Abel' },
    ]
    expect(alikeAmong(people)).toEqual(
      new Map([
        [1, [3]],
        [3, [1]],
      ]),
    )
  })
})

const rename = async (who: 'ada' | 'ben', name: string) => {
  const { revision } = await it.db.account.findUniqueOrThrow({ where: { id: it.people[who].id } })
  const settings = { timeZone: 'UTC', theme: 'system', density: 'comfortable' }
  return send(it.as(who), '/account', { ...settings, name, revision: String(revision) })
}
const invite = (name: string, email: string) =>
  send(it.as('mo'), '/admin/invitations', { name, email, role: 'reporter' })

describe('A name on the desk', () => {
  test.each(['Еve Egan', 'EVE EGAN', 'Stet', 'Ѕtet', 'The desk', 'Тhe Desk'])(
    '%s is refused to whoever renames oneself or is invited',
    async (name) => {
      for (const answer of [await rename('ada', name), await invite(name, 'new@example.org')]) {
        expect(answer.status).toBe(422)
        expect(answer.words).toMatch(/looks like/)
        expect(answer.text).toContain(`value="${name}"`)
      }
      expect((await it.db.account.findUniqueOrThrow({ where: { id: it.people.ada.id } })).name).toBe('Ada Abel')
    },
  )

  test.each(HIDDEN)('with a character that nobody sees is refused (%j)', async (sign) => {
    const answer = await rename('ada', `Ada ${sign}Abbott`)
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('a character that nobody sees')
  })

  test('keeps the joiners of a script that is written joined, and any white space as one space', async () => {
    expect((await rename('ada', 'نرگس می\u200cخواهد')).status).toBe(303)
    expect((await rename('ada', 'Ada\u00a0\u3000 Abel')).status).toBe(303)
    expect((await it.db.account.findUniqueOrThrow({ where: { id: it.people.ada.id } })).name).toBe('Ada Abel')
  })

  test('that somebody once had is not free for another', async () => {
    expect((await rename('ben', 'Benedikt Bauer')).status).toBe(303)
    expect((await rename('ada', 'Ben Bauer')).status).toBe(422)
    expect((await rename('ben', 'Ben Bauer')).status).toBe(303)
  })

  test('stands in history as it was then, with the account’s number and the name of today', async () => {
    const story = await send(it.as('eve'), '/stories', { code: 'NM', title: 'Names', summary: '', timeZone: 'UTC' })
    expect(story.status).toBe(303)
    const { revision } = await it.db.account.findUniqueOrThrow({ where: { id: it.people.eve.id } })
    const settings = { timeZone: 'UTC', theme: 'system', density: 'comfortable', revision: String(revision) }
    expect((await send(it.as('eve'), '/account', { ...settings, name: 'Eva Egan-Orr' })).status).toBe(303)
    const { words } = await visit(it.as('rae'), '/stories/NM')
    expect(words).toContain(`Eve Egan (#${it.people.eve.id}, now Eva Egan-Orr) opened the story`)
    const back = { ...settings, revision: String(revision + 1), name: 'Eve Egan' }
    expect((await send(it.as('eve'), '/account', back)).status).toBe(303)
    expect((await visit(it.as('rae'), '/stories/NM')).words).toContain('Eve Egan opened the story')
  })

  test('of two who take it at once, one does', async () => {
    const answers = await Promise.all([rename('ada', 'Max Muster'), rename('ben', 'Мax Muster')])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422])
    await Promise.all([rename('ada', 'Ada Abel'), rename('ben', 'Ben Bauer')])
  })

  test('the desk takes none of a person either', async () => {
    const answer = await send(it.as('mo'), '/admin/desk', { name: 'Еve Egan', reviewers: '1', revision: '1' })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('has or had a name that looks like this one')
  })

  test('that was alike before stays, may be saved again, and is shown', async () => {
    await changeUnguarded(it.database, `update account set name = 'Аda Abel' where id = ${it.people.ben.id}`)
    expect((await rename('ben', 'Аda Abel')).status).toBe(303)
    const { words } = await visit(it.as('mo'), '/admin/people')
    expect(words).toContain(`looks like Ada Abel (#${it.people.ada.id})`)
    expect((await rename('ben', 'Ben Bauer')).status).toBe(303)
  })
})

describe('A mailbox', () => {
  test.each([
    ['ann@müller.example', 'ann@xn--mller-kva.example'],
    ['Ann@MÜLLER.example.', 'ann@xn--mller-kva.example'],
    ['a\u200bnn@xn--mller-kva.example', 'ann@xn--mller-kva.example'],
    ['ann@müller。example', 'ann@xn--mller-kva.example'],
    ['ann＠example．org', 'ann@example.org'],
    [' ann@EXAMPLE.org. ', 'ann@example.org'],
    ['ann@mu\u0308ller.example', 'ann@xn--mller-kva.example'],
  ])('%j is %s', (typed, mailbox) => {
    expect(mailboxOf(typed)).toBe(mailbox)
    expect(mailboxOf(mailbox)).toBe(mailbox)
  })

  test.each(['ann', '@example.org', 'ann@', 'ann@.', 'a b@example.org', 'ann@exa mple.org', '\u200b@example.org'])(
    '%j is none',
    (typed) => expect(mailboxOf(typed)).toBeNull(),
  )

  test('is one account, however its domain is written', async () => {
    expect((await invite('Ann Müller', 'ann@müller.example')).status).toBe(201)
    const account = await it.db.account.findUniqueOrThrow({ where: { email: 'ann@xn--mller-kva.example' } })
    const again = await invite('Ann Meier', 'ann@xn--mller-kva.example.')
    expect(again.words).toContain('already on the desk')
    await givePassword(it.db, account.id)
    for (const email of ['ann@xn--mller-kva.example', 'ann@müller.example', 'ANN@Müller.example.'])
      expect((await send(it.stranger(), '/sign-in', { email, password: PASSWORD })).status).toBe(303)
  })

  test('of an account from before is stored in its form; two of one mailbox stay, and the right password leads in', async () => {
    const [old, twin] = ['kim@köln.example.', 'lee@xn--kln-sna.example']
    for (const [name, email] of [
      ['Kim', 'kim@example.org'],
      ['Lee One', 'lee1@example.org'],
      ['Lee Two', 'lee2@example.org'],
    ] as const)
      expect((await invite(name, email)).status).toBe(201)
    const idOf = async (name: string) => (await it.db.account.findFirstOrThrow({ where: { name } })).id
    await givePassword(it.db, await idOf('Lee One'))
    await changeUnguarded(
      it.database,
      `update account set email = '${old}' where name = 'Kim'`,
      `update account set email = 'lee@köln.example' where name = 'Lee One'`,
      `update account set email = '${twin}' where name = 'Lee Two'`,
    )
    expect((await send(it.stranger(), '/sign-in', { email: twin, password: PASSWORD })).status).toBe(303)
    expect((await invite('Kim Again', 'kim@xn--kln-sna.example')).words).toContain('already on the desk')
    expect(await normaliseAddresses(it.db)).toBe(1)
    expect(await normaliseAddresses(it.db)).toBe(0)
    const emails = await it.db.account.findMany({
      where: { name: { in: ['Kim', 'Lee One', 'Lee Two'] } },
      orderBy: { name: 'asc' },
    })
    expect(emails.map(({ email }) => email)).toEqual(['kim@xn--kln-sna.example', 'lee@köln.example', twin])
    expect((await send(it.stranger(), '/sign-in', { email: twin, password: PASSWORD })).status).toBe(303)
    expect((await verifyHistory(it.database.exports)).faults).toEqual([])
  })
})
