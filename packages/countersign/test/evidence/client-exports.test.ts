/** Postman collections and Insomnia exports: what their settings let one suspect, and no secret of theirs. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insomniaExport } from '../../src/evidence/clients/insomnia-export.ts'
import { postmanCollection } from '../../src/evidence/clients/postman-collection.ts'
import { read, readerLaws, seenOf } from './reader-laws.ts'

for (const reader of [postmanCollection, insomniaExport]) readerLaws(reader)

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
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
const hints = (reader: typeof postmanCollection, text: string): string[] => seenOf(read(reader, text), 'clue').map(({ about }) => about)

const RIGHT = { service: 's3', region: 'eu-west-3' }

test('settings that fit the host say nothing', () => {
  assert.deepEqual(hints(postmanCollection, postman({ ...RIGHT, accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: SECRET })), [])
  assert.deepEqual(hints(insomniaExport, insomnia({ ...RIGHT, accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET })), [])
})

test('what does not fit the host, and what is missing, is a hint', () => {
  assert.deepEqual(hints(postmanCollection, postman({ service: 'execute-api', region: '' })), ['region-mismatch', 'service-mismatch'])
  assert.deepEqual(hints(postmanCollection, postman({ ...RIGHT, service: '' })), ['service-mismatch'])
  assert.deepEqual(hints(postmanCollection, postman({ ...RIGHT, accessKey: 'ASIAIOSFODNN7EXAMPLE' })), ['session-token-missing'])
  assert.deepEqual(hints(postmanCollection, postman(RIGHT, { header: [{ key: 'Authorization', value: 'x' }] })), [
    'authorization-sent-twice',
  ])
  assert.deepEqual(hints(postmanCollection, postman(RIGHT, { header: [{ key: 'Authorization', value: 'x', disabled: true }] })), [])
  assert.deepEqual(hints(insomniaExport, insomnia({ ...RIGHT, region: 'eu-west-1' })), ['region-mismatch'])
  assert.deepEqual(hints(insomniaExport, insomniaExport.samples[1]!), ['session-token-missing'])
})

test('variables are filled in where their values are known, and else conclude nothing', () => {
  const region = { ...RIGHT, region: '{{region}}' }
  assert.deepEqual(hints(postmanCollection, postman(region)), [])
  assert.deepEqual(hints(postmanCollection, postman(region, {}, [{ key: 'region', value: 'us-west-2' }])), ['region-mismatch'])
})

test('the request is a line: nothing follows from headers that the client will add', () => {
  const seen = read(postmanCollection, postman(RIGHT))
  assert.deepEqual(seenOf(seen, 'request'), [])
  assert.deepEqual(seenOf(seen, 'request-line')[0]?.line, {
    method: 'GET',
    target: '/a%20b.txt?x',
    host: 'examplebucket.s3.eu-west-3.amazonaws.com',
  })
})

test('a secret is looked at and never repeated', () => {
  for (const seen of [
    read(postmanCollection, postman({ ...RIGHT, secretKey: `${SECRET} `, sessionToken: 'IQoEXAMPLETOKEN' })),
    read(insomniaExport, insomnia({ ...RIGHT, secretAccessKey: `${SECRET}\n`, sessionToken: 'IQoEXAMPLETOKEN' })),
  ]) {
    assert.equal(seenOf(seen, 'clue').length, 1)
    assert.match(seenOf(seen, 'clue')[0]?.about ?? '', /^secret-has-/)
    assert.ok(!/EXAMPLEKEY|EXAMPLETOKEN/.test(JSON.stringify(seen)))
  }
})

test('a cut file says so', () => {
  assert.match(seenOf(read(postmanCollection, postman(RIGHT).slice(0, -5)), 'unreadable')[0]?.reason ?? '', /not whole/)
  assert.match(seenOf(read(insomniaExport, insomnia(RIGHT).slice(0, -5)), 'unreadable')[0]?.reason ?? '', /not whole/)
})
