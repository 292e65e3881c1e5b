/** What people tell of a cause is said where no request is shown, too. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clue } from '../../src/case/index.ts'
import type { CauseId } from '../../src/catalog/index.ts'
import { assembleCase, CAUSES, diagnose, readEvidence } from '../../src/index.ts'

/** Of a chunk, of the secrets that were given, of a server's version: no rule speaks of them without what it read. */
const NEED_MORE: readonly CauseId[] = ['payload-chunk-mismatch', 'secret-of-another-key', 'server-known-defect']

test('a strong clue beside a bare refusal is the first finding', () => {
  const refused = readEvidence([{ name: 'a.txt', text: 'SignatureDoesNotMatch' }])
  const silent = CAUSES.filter(({ id }) => {
    const clue: Clue = {
      kind: 'clue',
      rule: 'x',
      about: id,
      tags: [],
      strength: 'strong',
      message: 'x.',
      values: {},
      location: { source: 'a.txt', start: 0, end: 1 },
      fidelity: 'inferred',
    }
    const { findings } = diagnose(assembleCase([...refused, clue]), { causes: CAUSES })
    return findings[0]?.causes[0] !== id
  })
  assert.deepEqual(
    silent.map(({ id }) => id),
    NEED_MORE,
  )
})
