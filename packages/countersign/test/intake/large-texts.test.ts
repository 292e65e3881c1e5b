/** However long a piece is, what stands in it is read; only ways to read it that may be wrong have an end. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEvidence } from '../../src/index.ts'

const ORDINARY = '2026-11-03T10:15:00.000Z INFO  [worker-3] com.example.shop.Orders request=8f2c status=200 duration=12ms\n'
const REFUSED =
  '2026-11-03T10:15:01.000Z ERROR [worker-3] com.example.shop.Media failed: <Error><Code>SignatureDoesNotMatch</Code>' +
  '<Message>The request signature we calculated does not match the signature you provided.</Message></Error>\n'

/** What people tell in words is looked for in short texts only. */
const kindsIn = (text: string) => readEvidence([{ name: 'app.log', text }]).flatMap(({ kind }) => (kind === 'told' ? [] : [kind]))

test('a log of 5 MB says what its one refusal says', () => {
  const padded = `${ORDINARY.repeat(30_000)}${REFUSED}${ORDINARY.repeat(20_000)}`
  assert.ok(padded.length > 5_000_000)
  assert.ok(kindsIn(REFUSED).includes('error'))
  assert.deepEqual(kindsIn(padded), kindsIn(`${ORDINARY}${REFUSED}${ORDINARY}`))
})
