/** Postman collections and Insomnia exports: the requests they hold. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insomniaExport } from '../../src/evidence/clients/insomnia-export.ts'
import { postmanCollection } from '../../src/evidence/clients/postman-collection.ts'
import { read, readerLaws, seenOf } from './reader-laws.ts'

for (const reader of [postmanCollection, insomniaExport]) readerLaws(reader)

const URL_EU = 'https://examplebucket.s3.eu-west-3.amazonaws.com/a%20b.txt?x'

const postman = (settings: Readonly<Record<string, string>>, more: object = {}, variable: readonly object[] = []): string =>
  JSON.stringify({
    info: { schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [
      {
        name: 'folder',
        item: [
          {
            name: 'get',
            request: {
              method: 'GET',
              url: { raw: URL_EU },
              auth: { type: 'awsv4', awsv4: Object.entries(settings).map(([key, value]) => ({ key, value })) },
              ...more,
            },
          },
        ],
      },
    ],
    variable,
  })
const insomnia = (settings: object): string =>
  JSON.stringify({
    __export_format: 4,
    resources: [{ name: 'get', method: 'GET', url: URL_EU, authentication: { type: 'iam', ...settings } }],
  })

const RIGHT = { service: 's3', region: 'eu-west-3' }

test('the request is a line: nothing follows from headers that the client will add', () => {
  const seen = read(postmanCollection, postman(RIGHT))
  assert.deepEqual(seenOf(seen, 'request'), [])
  assert.deepEqual(seenOf(seen, 'request-line')[0]?.line, {
    method: 'GET',
    target: '/a%20b.txt?x',
    host: 'examplebucket.s3.eu-west-3.amazonaws.com',
  })
})

test('a cut file says so', () => {
  assert.match(seenOf(read(postmanCollection, postman(RIGHT).slice(0, -5)), 'unreadable')[0]?.reason ?? '', /not whole/)
  assert.match(seenOf(read(insomniaExport, insomnia(RIGHT).slice(0, -5)), 'unreadable')[0]?.reason ?? '', /not whole/)
})
