/** Every entry of the corpus: the specification and the fast verifier answer with the code, text, status, elements and check it states. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { verify as verifyFast } from '../../src/fast/verify.ts'
import { checksOf } from '../../src/sigv4/checks.ts'
import { type HttpRequest, SecretAccessKey, type Verdict, verify } from '../../src/sigv4/index.ts'
import { createVerifier } from '../../src/verifier/verifier.ts'
import { CORPUS, type CorpusEntry, optionsOf, requestOf, trimmed } from '../support/corpus.ts'

const CHECK_IDS = [...checksOf('s3', 'header'), ...checksOf('s3', 'query'), ...checksOf('standard', 'header')].map(({ id }) => id)

/** A verdict in the words of the corpus. */
function saidOf(verdict: Verdict): CorpusEntry['expected'] {
  if (verdict.ok) return { accepted: true }
  const { status, code, message, extra, check: id, number, of } = verdict.error
  return { accepted: false, status, code, message, extra, check: { id, number, of } }
}

function judged(entry: CorpusEntry, by: typeof verifyFast, request: HttpRequest = requestOf(entry)): CorpusEntry['expected'] {
  return saidOf(by(request, new SecretAccessKey(entry.credentials[0]!.secretAccessKey), optionsOf(entry)))
}

/** Bodies that say themselves whether they are right are judged by the verifier as a whole; the specification alone has no say in them. */
const BY_THE_VERIFIER = new Set(['s3-chunks', 's3-digests', 's3-form'])

async function judgedWhole(entry: CorpusEntry): Promise<CorpusEntry['expected']> {
  const { verifier, clock, credentials } = entry
  const outcome = await createVerifier({
    services: [verifier.service],
    regions: [verifier.region],
    clock: () => Date.parse(clock),
    credentials: ({ accessKeyId }) => {
      const known = credentials.find((one) => one.accessKeyId === accessKeyId)
      return known === undefined ? undefined : { key: new SecretAccessKey(known.secretAccessKey) }
    },
  }).judge(requestOf(entry))
  if (outcome.ok || entry.expected.accepted) return { accepted: outcome.ok } as CorpusEntry['expected']
  const { status, code, message, extra } = outcome.refused.error
  return { accepted: false, status, code, message, extra, check: entry.expected.check }
}

for (const [file, entries] of CORPUS)
  describe(`corpus ${file}`, () => {
    for (const entry of entries)
      it(entry.name, async () => {
        if (BY_THE_VERIFIER.has(file)) return assert.deepEqual(await judgedWhole(entry), entry.expected)
        assert.deepEqual(judged(entry, verify), entry.expected)
        assert.deepEqual(judged(entry, verifyFast, trimmed(requestOf(entry))), entry.expected, 'the fast verifier')
      })
  })

describe('the corpus', () => {
  const all = [...CORPUS.values()].flat()

  it('has names of its own for all entries, and a reason for each', () => {
    assert.equal(new Set(all.map(({ name }) => name)).size, all.length)
    assert.ok(all.length >= 350, `${all.length} entries`)
    for (const { name, why, source } of all) {
      assert.match(why, /\.$/, name)
      assert.match(source, /^[ABCDIMRVW]+$/, name)
    }
  })

  it('refuses at every check that the specification has', () => {
    const spoken = new Set(all.flatMap(({ expected }) => (expected.accepted ? [] : [expected.check.id])))
    const silent = ['method', 'content-type']
    for (const id of CHECK_IDS.filter((one) => !silent.includes(one))) assert.ok(spoken.has(id), `no entry is refused at ${id}`)
  })

  it('is what the page of other servers speaks of', () => {
    const page = readFileSync(new URL('../../../../docs/manual/who-accepts-what.md', import.meta.url), 'utf8')
    const rows = [...page.matchAll(/^\| `([a-z0-9-]+)`/gm)].map(([, name]) => name)
    const names = [...CORPUS].filter(([file]) => file.startsWith('s3-')).flatMap(([, entries]) => entries.map(({ name }) => name))
    assert.deepEqual(rows.sort(), names.sort(), 'npm run differential renews the page')
  })

  it('is what its recipes make', () => {
    const make = fileURLToPath(new URL('../../../../suites/differential/make-corpus.py', import.meta.url))
    execFileSync('python3', [make, '--check'], { stdio: ['ignore', 'ignore', 'inherit'] })
  })
})
