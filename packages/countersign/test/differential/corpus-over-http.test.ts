/** Every entry of the corpus, as bytes over a socket to the front door: AWS's status, code, text and elements come back. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type FrontDoor, openFrontDoor } from '../../src/server/front-door.ts'
import { SecretAccessKey } from '../../src/sigv4/index.ts'
import { bytesOnWire, CORPUS, type CorpusEntry, requestOf } from '../support/corpus.ts'
import { type RawAnswer, rawExchange } from '../support/raw-exchange.ts'

const ALL = [...CORPUS.values()].flat()

for (const service of new Set(ALL.map(({ verifier }) => verifier.service)))
  describe(`the corpus over a socket, ${service}`, () => {
    const entries = ALL.filter(({ verifier }) => verifier.service === service)
    let [door, current]: [FrontDoor | undefined, CorpusEntry] = [undefined, entries[0]!]

    before(async () => {
      door = await openFrontDoor({
        port: 0,
        services: [service],
        regions: [entries[0]!.verifier.region],
        clock: () => Date.parse(current.clock),
        credentials: ({ accessKeyId }) => knownIn(current, accessKeyId),
      })
    })
    after(() => door!.close())

    for (const entry of entries)
      it(entry.name, async () => {
        current = entry
        const answer = await rawExchange(Number(new URL(door!.url).port), bytesOnWire(entry))
        assertAnswered(entry, answer)
      })
  })

function knownIn({ credentials, clock }: CorpusEntry, accessKeyId: string) {
  const known = credentials.find((one) => one.accessKeyId === accessKeyId)
  if (known === undefined) return undefined
  return {
    key: new SecretAccessKey(known.secretAccessKey),
    ...(typeof known.sessionToken === 'string' ? { sessionToken: known.sessionToken } : {}),
    ...(known.expired === true ? { expiresAt: Date.parse(clock) - 1000 } : {}),
  }
}

function assertAnswered(entry: CorpusEntry, answer: RawAnswer): void {
  const { expected, verifier } = entry
  if (expected.accepted) {
    // What the request asks for need not exist; that it was looked for says that its signature was right.
    assert.ok([200, 204, 206, 404].includes(answer.status), `${answer.status} ${answer.body}`)
    return
  }
  if (verifier.service === 'lambda') {
    assert.equal(JSON.parse(answer.body).message, expected.message)
    return
  }
  assert.equal(answer.status, expected.status, answer.body)
  if (requestOf(entry).method === 'HEAD' || (expected.code === '' && expected.message === '')) {
    assert.equal(answer.body, '')
    return
  }
  const elements = [...answer.body.matchAll(/<([A-Za-z0-9-]+)>([^<]*)<\/\1>/g)].map(([, name, text]) => [name, unescaped(text!)])
  const mine = elements.filter(([name]) => !['Type', 'RequestId', 'HostId'].includes(name!))
  assert.deepEqual(mine, [['Code', expected.code], ['Message', expected.message], ...expected.extra])
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#13;', '\r').replaceAll('&amp;', '&')
}
