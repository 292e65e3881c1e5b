/** Postman collections and Insomnia exports: what their settings let one suspect, and no secret of theirs. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keptRequests } from '../../../src/clues/index.ts'
import { insomniaExport } from '../../../src/evidence/index.ts'
import { read, readerLaws, seenOf } from '../../evidence/reader-laws.ts'

readerLaws(keptRequests)

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
const YAML = insomniaExport.samples[1]!
const hints = (text: string): string[] => seenOf(read(keptRequests, text), 'clue').map(({ about }) => about)

const RIGHT = { service: 's3', region: 'eu-west-3' }

test('settings that fit the host say nothing', () => {
  assert.deepEqual(hints(postman({ ...RIGHT, accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: SECRET })), [])
  assert.deepEqual(hints(insomnia({ ...RIGHT, accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET })), [])
})

test('what does not fit the host, and what is missing, is a clue', () => {
  assert.deepEqual(hints(postman({ service: 'execute-api', region: '' })), ['region-mismatch', 'service-mismatch'])
  assert.deepEqual(hints(postman({ ...RIGHT, service: '' })), ['service-mismatch'])
  assert.deepEqual(hints(postman({ ...RIGHT, accessKey: 'ASIAIOSFODNN7EXAMPLE' })), ['session-token-missing'])
  assert.deepEqual(hints(postman(RIGHT, { header: [{ key: 'Authorization', value: 'x' }] })), ['authorization-sent-twice'])
  assert.deepEqual(hints(postman(RIGHT, { header: [{ key: 'Authorization', value: 'x', disabled: true }] })), [])
  assert.deepEqual(hints(insomnia({ ...RIGHT, region: 'eu-west-1' })), ['region-mismatch'])
  assert.deepEqual(hints(YAML), ['session-token-missing'])
})

test('variables are filled in where their values are known, and else conclude nothing', () => {
  const region = { ...RIGHT, region: '{{region}}' }
  assert.deepEqual(hints(postman(region)), [])
  assert.deepEqual(hints(postman(region, {}, [{ key: 'region', value: 'us-west-2' }])), ['region-mismatch'])
})

test('a secret is looked at and never repeated', () => {
  for (const seen of [
    read(keptRequests, postman({ ...RIGHT, secretKey: `${SECRET} `, sessionToken: 'IQoEXAMPLETOKEN' })),
    read(keptRequests, insomnia({ ...RIGHT, secretAccessKey: `${SECRET}\n`, sessionToken: 'IQoEXAMPLETOKEN' })),
  ]) {
    assert.equal(seenOf(seen, 'clue').length, 1)
    assert.match(seenOf(seen, 'clue')[0]?.tags[0] ?? '', /^secret-has-/)
    assert.ok(!/EXAMPLEKEY|EXAMPLETOKEN/.test(JSON.stringify(seen)))
  }
})
