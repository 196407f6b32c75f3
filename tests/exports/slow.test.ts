import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendCsv } from '../../src/exports/send.ts'
import { type Desk, desk } from '../support/app.ts'
import { build } from '../support/build.ts'

describe('A reader of an export', () => {
  test('who takes nothing is cut off, and the rows end', async () => {
    const app = express()
    const ended = new Promise<void>((resolve) => {
      app.get('/', (_req, res) =>
        sendCsv(
          res,
          'endless.csv',
          (async function* () {
            try {
              while (true) yield `${'x'.repeat(1000)}\r\n`
            } finally {
              resolve()
            }
          })(),
          200,
        ),
      )
    })
    const server = createServer(app).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {})
    socket.pause()
    socket.write('GET / HTTP/1.1\r\nHost: desk\r\n\r\n')
    await ended
    socket.destroy()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
})

describe('Places for exports', () => {
  let it: Desk
  beforeAll(async () => {
    it = await desk()
    await build(it.db, it.people.ada.id).aClaim()
  })
  afterAll(() => it.close())

  test('are one a person: a second export waits, and others have theirs', async () => {
    // Every connection is held, so that the first export waits for one.
    const held = await Promise.all([1, 2, 3].map(() => it.database.exports.connect()))
    const first = it
      .as('ada')
      .get('/exports/claims.csv')
      .then((answer) => answer)
    while (it.database.exports.waitingCount === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    const second = await it.as('ada').get('/exports/claims.csv')
    expect(second.status).toBe(429)
    expect(second.text).toContain('An export of yours is under way.')
    for (const client of held) client.release()
    expect((await first).status).toBe(200)
    expect((await it.as('ada').get('/exports/claims.csv')).status).toBe(200)
  })
})
