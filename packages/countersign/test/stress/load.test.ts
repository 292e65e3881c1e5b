/** The small part of `npm run stress`: a server in a process of its own under load with faults, for some seconds. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.ts'

/** A server that has nothing to do has some 100 MB, with the loader of the tests. */
const MOST_BYTES = 450e6

test('under load with faults nothing is wrongly accepted or refused, and shutdown finishes what it began', async () => {
  const figures = await load({ connections: 80, seconds: 5, seed: 1, headSeconds: 2, requestSeconds: 3, slackSeconds: 6, diagnose: false })
  assert.deepEqual(figures.wrong, [])
  assert.equal(figures.stderr, '')
  assert.equal(figures.exitCode, 0)
  assert.equal(figures.server['errors'], 0)
  assert.ok(figures.server['peakBytes']! < MOST_BYTES, `${figures.server['peakBytes']} bytes`)
  // What the figures must show for the run to have meant anything.
  for (const what of [
    'good upload: 200',
    'bad chunk: 403',
    'bad body: 400',
    'rotated key: 200',
    'rotated key: 403',
    'credential file swapped',
  ])
    assert.ok((figures.counts.get(what) ?? 0) > 0, what)
  assert.equal(figures.counts.get('answered after SIGINT'), 40)
})
