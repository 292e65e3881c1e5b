/** The small part of `npm run stress`: some thousand requests into the verifier, and the time that the worst of them takes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FuzzFigures, fuzz } from './fuzz.ts'
import { KINDS } from './valid-requests.ts'

/** Fixed, so that a run can be repeated; SEED=<number> tries others. */
const SEED = Number(process.env['SEED'] ?? 4)

test('whichever byte is changed, whatever is sent: an answer, and nothing accepted that is not rightly signed', async () => {
  const figures: FuzzFigures = await fuzz(SEED, 3000)
  // What the figures must show for the run to have meant anything.
  assert.ok(figures.valid >= 15 * KINDS.length, JSON.stringify(figures.valid))
  assert.ok(figures.acceptedHostile > 100, 'hardly a hostile request came as far as to be accepted')
  assert.ok((figures.acceptedChanged.get('header name') ?? 0) > 10, 'the case of header names is not signed')
  for (const code of ['SignatureDoesNotMatch', 'IncompleteBody', 'BadDigest', 'AuthorizationHeaderMalformed', 'IncompleteSignature'])
    assert.ok((figures.refused.get(code) ?? 0) > 0, `${code} was never said`)
})
