import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guardedActions } from '../src/web/guard.ts'
import { MATRIX, type Row } from './role-matrix.ts'
import { type Agent, type Desk, desk } from './support/app.ts'
import { type Route, routesOf } from './support/routes.ts'

const ROLES = { nobody: null, reader: 'rae', reporter: 'ada', editor: 'eve', admin: 'mo' } as const
const REFUSAL = 'Your role does not allow this'

let it: Desk
let routes: Route[]
beforeAll(async () => {
  it = await desk()
  routes = routesOf(it.app)
})
afterAll(() => it.close())

describe('Every route', () => {
  test('has a guard, as its first handler', () => {
    expect(routes.length).toBeGreaterThan(40)
    expect(routes.filter(({ handlers: [first] }) => !first || !guardedActions.has(first)).map(name)).toEqual([])
  })

  test('has a row in the role matrix, and no row is left over', () => {
    expect(routes.map(name).toSorted()).toEqual(MATRIX.map(name).toSorted())
  })
})

describe('The role matrix holds', () => {
  for (const role of ['nobody', 'reader', 'reporter', 'editor', 'admin'] as const)
    test(`for ${role}`, async () => {
      const wrong: string[] = []
      for (const row of MATRIX) {
        const answer = await ask(await agentOf(role), row)
        const passes = answer === 'passed'
        if (passes !== row.may.includes(role)) wrong.push(`${name(row)}: ${role} was ${answer}`)
      }
      expect(wrong).toEqual([])
    })

  test('for somebody whose account was disabled: the same as for nobody', async () => {
    const agent = await it.signIn('ben')
    expect(await ask(agent, { method: 'GET', path: '/claims', may: [] })).toBe('passed')
    await it.db.account.update({ where: { id: it.people.ben.id }, data: { disabledAt: new Date() } })
    for (const row of MATRIX.filter(({ may }) => !may.includes('nobody')))
      expect(await ask(agent, row), name(row)).not.toBe('passed')
    await it.db.account.update({ where: { id: it.people.ben.id }, data: { disabledAt: null } })
  })
})

async function agentOf(role: keyof typeof ROLES): Promise<Agent> {
  const person = ROLES[role]
  return person ? it.signIn(person) : it.stranger()
}

/** Whether the guard let a request pass; what the page then says of an empty form or a thing that is not there does not matter here. */
async function ask(agent: Agent, row: Row): Promise<'passed' | 'sent to sign in' | 'refused' | 'sent home'> {
  const path = row.path.replace(':ref', 'ZZ-999').replace(':code', 'ZZ').replace(/:\w+/g, '999999')
  const answer = row.method === 'GET' ? await agent.get(path) : await agent.post(path).type('form').send('')
  expect(answer.status, `${name(row)} answered ${answer.status}`).toBeLessThan(500)
  if (answer.status === 401 || (answer.headers.location ?? '').startsWith('/sign-in?to=')) return 'sent to sign in'
  if (answer.status === 403 && answer.text.includes(REFUSAL)) return 'refused'
  if (row.may.join() === 'nobody' && answer.headers.location === '/') return 'sent home'
  return 'passed'
}

function name({ method, path }: { method: string; path: string }): string {
  return `${method} ${path}`
}
