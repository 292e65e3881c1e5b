/** The properties that diagnosis stands on, for every cause that has an injection. */
import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Diagnosis, diagnoseEvidence, renderJson, renderMarkdown, renderTerminal } from '../../src/index.ts'
import { canonicalRequest } from '../../src/sigv4/canonical-request.ts'
import { calculateSignature } from '../../src/sigv4/signature.ts'
import type { SigningInputs } from '../../src/sigv4/signing-inputs.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { stringToSign } from '../../src/sigv4/string-to-sign.ts'
import { EXAMPLE_SECRET } from '../support/golden.ts'
import { debugLog, errorXml, requestText } from '../support/golden-evidence.ts'
import { type Broken, type Inject, providedSignature } from '../support/inject/injection.ts'
import { injections as allInjections } from '../support/injections.ts'
import { occasions } from '../support/occasions.ts'

const KNOWN = { secrets: [{ label: 'secret.txt', secretAccessKey: new SecretAccessKey(EXAMPLE_SECRET) }] }
const injections = (await allInjections()).map(({ id, inject, ids }) => [id, inject, ids] as const)

/** Enough for every single fault and some pairs. */
const SINGLES = { maxTrials: 3000 }
/** Mistakes tried per cause, spread over its forms and occasions; THOROUGH=1 tries them all (see CONTRIBUTING.md). */
const MOST_MISTAKES = process.env['THOROUGH'] === undefined ? 12 : Number.POSITIVE_INFINITY

/** The mistakes of a cause on every occasion, each form once. */
function mistakes(inject: Inject): Broken[] {
  const texts = new Set<string>()
  const all = occasions().flatMap((correct) =>
    [0, 1, 2, 3, 4, 5].flatMap((choice) => {
      const broken = inject(correct, choice)
      if (broken === undefined) return []
      const key = signedText(broken.signer) + signedText(broken.verifier) + providedSignature(broken)
      if (texts.has(key) || providedSignature(broken) === providedSignature({ ...broken, signer: broken.verifier })) return []
      texts.add(key)
      return [broken]
    }),
  )
  const step = Math.max(1, all.length / MOST_MISTAKES)
  return all.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
}

const signedText = (inputs: SigningInputs): string => `${stringToSign(inputs)}\n${canonicalRequest(inputs)}`
const xml = (broken: Broken) => ({ name: 'error.xml', text: errorXml(broken) })
const wire = (broken: Broken) => ({ name: 'request.http', text: requestText(broken) })
const log = (broken: Broken) => ({ name: 'debug.log', text: debugLog(broken) })
const named = (diagnosis: Diagnosis): string[] =>
  diagnosis.findings.slice(0, 1).flatMap((first) => [...first.causes, ...first.alternatives])

test('there are injections to try', () => assert.ok(injections.length >= 25, `${injections.length}`))

for (const [id, inject, ids] of injections) {
  test(`completeness: ${id} is found and proven by signature where the secret and the signer's log are known`, () => {
    const all = mistakes(inject)
    assert.ok(all.length > 0, 'no occasion for it')
    for (const broken of all) {
      const diagnosis = diagnoseEvidence([xml(broken), log(broken)], KNOWN, SINGLES)
      assert.ok(
        named(diagnosis).some((one) => ids.includes(one)),
        `found ${named(diagnosis)} for\n${signedText(broken.signer)}\nagainst\n${signedText(broken.verifier)}`,
      )
      assert.equal(diagnosis.findings[0]!.proof.level, 'signature')
    }
  })

  test(`soundness: with less evidence, ${id} is first wherever something is proven, and otherwise something is asked for`, () => {
    for (const broken of mistakes(inject)) {
      const weaker: [string, Diagnosis][] = [
        ['both texts, no secret', diagnoseEvidence([xml(broken), log(broken)])],
        ['error, request and secret', diagnoseEvidence([xml(broken), wire(broken)], KNOWN, SINGLES)],
        ['error and secret', diagnoseEvidence([xml(broken)], KNOWN, SINGLES)],
        ['request, log and secret', diagnoseEvidence([wire(broken), log(broken)], KNOWN, SINGLES)],
        ['error only', diagnoseEvidence([xml(broken)])],
      ]
      for (const [evidence, diagnosis] of weaker) {
        const [first] = diagnosis.findings
        if (first !== undefined && first.proof.level !== 'none')
          assert.ok(
            named(diagnosis).some((one) => ids.includes(one)),
            `${evidence}: claimed ${named(diagnosis)} [${first.proof.level}] for\n${signedText(broken.signer)}\nagainst\n${signedText(broken.verifier)}`,
          )
        else assert.ok(diagnosis.wanted.length > 0 || diagnosis.outcome === 'accepted', evidence)
      }
    }
  })
}

test('determinism: the order of the evidence changes nothing', () => {
  for (const [, inject] of injections) {
    const broken = mistakes(inject)[0]
    if (broken === undefined) continue
    const [a, b] = [diagnoseEvidence([xml(broken), log(broken)]), diagnoseEvidence([log(broken), xml(broken)])]
    assert.equal(renderJson(a), renderJson(b))
  }
})

test('silence: no secret, token or signature calculated for the verifier stands in any report', () => {
  for (const [, inject] of injections) {
    for (const broken of mistakes(inject).slice(0, 3)) {
      for (const known of [{}, KNOWN]) {
        const diagnosis = diagnoseEvidence([xml(broken), log(broken)], known, SINGLES)
        const texts = [
          renderJson(diagnosis),
          renderMarkdown(diagnosis),
          renderTerminal(diagnosis, { colour: false }),
          renderTerminal(diagnosis, { colour: true }),
        ]
        const calculated = calculateSignature(broken.verifier)!.dangerText()
        for (const text of texts)
          for (const secret of [EXAMPLE_SECRET, 'EXAMPLEtoken', calculated, providedSignature(broken)])
            assert.ok(!text.includes(secret), `${secret.slice(0, 6)}... in\n${text}`)
      }
    }
  }
})

test('minimality and completeness: two mistakes at once are found as a pair, and neither alone', () => {
  const byId = new Map(injections.map(([id, inject]) => [id, inject]))
  const pairs = [
    ['method-changed', 'secret-has-newline'],
    ['method-changed', 'path-encoded-twice'],
    ['query-not-sorted', 'secret-has-newline'],
  ] as const
  for (const [a, b] of pairs) {
    // The method changes on the way, so it is the verifier's; the rest is the signer's doing.
    const both = occasions().flatMap((correct) => {
      const first = byId.get(a)?.(correct, 0)
      const second = byId.get(b)?.(a === 'method-changed' ? correct : (first?.signer ?? correct), 0)
      return first === undefined || second === undefined ? [] : [{ signer: second.signer, verifier: first.verifier }]
    })[0]
    assert.ok(both !== undefined, `no occasion for ${a} with ${b}`)
    const diagnosis = diagnoseEvidence([xml(both), wire(both)], KNOWN)
    assert.equal(diagnosis.findings[0]?.proof.level, 'signature', `${a} with ${b}: ${named(diagnosis)}`)
    assert.deepEqual([...diagnosis.findings[0]!.causes].sort(), [a, b].sort())
  }
})

test('soundness: a request signed right under another secret is never blamed on its bytes', () => {
  for (const correct of occasions()) {
    const other = { ...correct, key: new SecretAccessKey('anotherSecretOfTheSameLengthEXAMPLEKEY00') }
    const broken = { signer: other, verifier: other }
    for (const known of [{}, KNOWN]) {
      const first = diagnoseEvidence([xml(broken), log(broken)], known, SINGLES).findings[0]
      assert.ok(
        // Both strings to sign are one text: only the key is left, and that is proven by them.
        first !== undefined && first.proof.level === 'text' && first.class === 'secret.mismatch',
        `${first?.causes} ${first?.proof.level}`,
      )
    }
  }
})

test('soundness: an independent signer of plain strings confirms what is proven by signature', () => {
  // HMAC by node:crypto over the string to sign that the injection wrote: what the library must have recomputed.
  const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(Buffer.from(text, 'latin1')).digest()
  for (const [id, inject] of injections) {
    const broken = mistakes(inject)[0]!
    const { signer } = broken
    const plain =
      signer.derivation.prefix === 'AWS4' &&
      signer.derivation.passedOn === 'bytes' &&
      signer.derivation.swapped === 'none' &&
      signer.signatureEncoding === 'hex'
    if (
      !plain ||
      Object.keys(signer.derivation.scope).length > 0 ||
      signer.derivation.chain.join() !== 'date,region,service,terminator' ||
      signer.stringToSignEnd !== 'hash'
    )
      continue
    const { date, region, service, terminator } = signer.scope
    const secret = (signer.key as SecretAccessKey).dangerValue()
    const key = [date, region, service, terminator].reduce<string | Buffer>(
      (from, part) => hmac(from, part!),
      Buffer.from(`AWS4${secret}`, 'latin1'),
    )
    const hash = createHash('sha256')
      .update(Buffer.from(canonicalRequest(signer), 'latin1'))
      .digest('hex')
    const text = [signer.algorithm, signer.requestDate, `${date}/${region}/${service}/${terminator}`, hash].join(signer.lineBreak)
    assert.equal(hmac(key as Buffer, text).toString('hex'), providedSignature(broken), id)
  }
})

test('totality: no bytes whatever make diagnosis throw', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 3 }), (pieces) => {
      const sources = pieces.map((bytes, i) => ({ name: `${i}`, text: String.fromCharCode(...bytes) }))
      assert.ok(['likely', 'unexplained', 'proven', 'nothing-read'].includes(diagnoseEvidence(sources).outcome))
    }),
    { numRuns: 300 },
  )
})

test('totality: cut and mangled evidence gives a partial answer, never a crash', () => {
  const whole = injections.slice(0, 12).map(([, inject]) => errorXml(mistakes(inject)[0]!) + debugLog(mistakes(inject)[0]!))
  fc.assert(
    fc.property(fc.constantFrom(...whole), fc.nat(4000), fc.nat(4000), fc.string({ maxLength: 3 }), (text, from, length, noise) => {
      diagnoseEvidence([{ name: 'cut', text: text.slice(0, from) + noise + text.slice(from + (length % 50)) }], KNOWN, SINGLES)
    }),
    { numRuns: 150 },
  )
})
