import { describe, expect, test } from 'vitest'
import { fieldsOf, fieldsTyped, newPartyForm, roleProblems, withRoleLine, wordsOf } from '../../src/parties/form.ts'
import { namedId } from '../../src/parties/name.ts'
import { readForm } from '../../src/web/form.ts'

const filled = {
  kind: 'organisation',
  name: '  TASS ',
  aliases: 'ТАСС\r\n\nИТАР-ТАСС',
  wikidataId: 'q223799',
  roles: [
    { role: 'state agency', from: '1992', to: '' },
    { role: '', from: '', to: '' },
  ],
  note: '',
}

describe('The form of a party', () => {
  test('takes aliases a line each and roles without the empty lines', () => {
    const { form } = readForm(newPartyForm, filled)
    expect(form && wordsOf(form)).toEqual({
      kind: 'organisation',
      name: 'TASS',
      aliases: ['ТАСС', 'ИТАР-ТАСС'],
      roles: [{ role: 'state agency', fromDate: '1992', toDate: null }],
      wikidataId: 'Q223799',
      note: '',
    })
  })

  test('shows again what it was made of', () => {
    const { form } = readForm(newPartyForm, filled)
    const fields = fieldsOf(wordsOf(form as NonNullable<typeof form>))
    expect(readForm(newPartyForm, fields).form).toMatchObject({ name: 'TASS', aliases: ['ТАСС', 'ИТАР-ТАСС'] })
    expect(withRoleLine(fieldsTyped(filled)).roles).toHaveLength(2)
  })

  test.each([
    [{ name: '…' }, 'name', 'A name needs at least one letter or digit.'],
    [{ name: 'x'.repeat(201) }, 'name', 'At most 200 characters; this has 201.'],
    [{ aliases: 'ok\n!!' }, 'aliases', 'A name needs at least one letter or digit.'],
    [{ kind: 'robot' }, 'kind', 'Choose whether this is a person, an organisation or a group.'],
    [
      { wikidataId: '567' },
      'wikidataId',
      'A Wikidata id is a Q and digits, such as Q567; leave it empty if there is none.',
    ],
    [{ roles: 'x' }, 'roles', 'The roles could not be read.'],
    [
      { roles: [{ role: 'x', from: 'yesterday', to: '' }] },
      'roles[0][from]',
      'Write the date as 2022-01-07, or less exactly as 2022-01 or 2022.',
    ],
    [{ revision: '1' }, '', 'The form sent something that is not asked for here: revision.'],
  ])('refuses %j', (wrong, field, message) => {
    expect(readForm(newPartyForm, { ...filled, ...wrong }).problems).toContainEqual({ field, message })
  })

  test.each([
    [{ role: '', from: '2019', to: '' }, 'roles[0][role]'],
    [{ role: 'president', from: '2019-03', to: '2018' }, 'roles[0][to]'],
  ])('refuses the role %j', (role, field) => {
    const { form } = readForm(newPartyForm, { ...filled, roles: [role] })
    expect(roleProblems(form as NonNullable<typeof form>).map((problem) => problem.field)).toEqual([field])
  })
})

test.each([
  ['#12', 12],
  ['TASS (#7)', 7],
  [' Name (with) (#9) ', 9],
  ['TASS', null],
  ['#0', null],
  ['#1234567890', null],
  ['No. #5 of them', null],
])('%j names the id %j', (typed, id) => expect(namedId(typed)).toBe(id))
