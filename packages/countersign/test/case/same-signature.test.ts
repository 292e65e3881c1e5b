/** Two spellings of one signature are one; masks and cuts are unknown; two whole ones that differ are two signings. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { differentSignings, plainSignature } from '../../src/case/same-signature.ts'

const digest = createHash('sha256').update('a').digest()
const hex = digest.toString('hex')

test('case, base64 and percent-encoding are undone', () => {
  const base64 = digest.toString('base64')
  for (const spelled of [hex.toUpperCase(), base64, base64.replace('=', ''), encodeURIComponent(base64), base64.replaceAll('+', ' ')])
    assert.equal(plainSignature(spelled), hex, spelled)
})

test('a mask, a stub and an absent one are unknown; a beginning may be of the whole', () => {
  for (const unknown of ['***', 'abc', undefined]) assert.equal(plainSignature(unknown), undefined)
  assert.equal(differentSignings(hex, undefined), false)
  assert.equal(differentSignings(hex, hex.slice(0, 40)), false)
  assert.equal(differentSignings(hex, createHash('sha256').update('b').digest('hex')), true)
})
