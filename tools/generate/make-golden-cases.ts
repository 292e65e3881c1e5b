/**
 * Makes the golden cases of causes that have none: `node --import tsx --conditions=countersign-source tools/generate/make-golden-cases.ts`.
 *
 * A cause with an injection gets a case made of it (the service's error body, and the signer's log or the secret), and a
 * twin that looks like it and is not: the same request, signed right, under another secret. `--expected` rewrites what the
 * reports are compared with; read the difference before committing it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalRequest } from '../../packages/countersign/src/sigv4/canonical-request.ts'
import type { SigningInputs } from '../../packages/countersign/src/sigv4/signing-inputs.ts'
import { SecretAccessKey } from '../../packages/countersign/src/sigv4/signing-key.ts'
import { golden, goldenReport } from '../../packages/countersign/test/support/golden.ts'
import { debugLog, errorXml, requestText, streamedRefusal } from '../../packages/countersign/test/support/golden-evidence.ts'
import { type InjectionModule, providedSignature } from '../../packages/countersign/test/support/inject/injection.ts'
import { occasions } from '../../packages/countersign/test/support/occasions.ts'
import { LIKELY, STATED } from '../../packages/countersign/test/support/stated-evidence.ts'

const CASES = 'packages/countersign/test/cases'
const ANOTHER_SECRET = 'anotherSecretOfTheSameLengthEXAMPLEKEY00'
const INJECT = 'packages/countersign/test/support/inject'
const ids = readdirSync('packages/countersign/src/causes')
  .filter((name) => name.endsWith('.ts') && /= defineCause/.test(readFileSync(`packages/countersign/src/causes/${name}`, 'utf8')))
  .map((name) => name.slice(0, -3))

const [plain] = occasions() as [SigningInputs]
const another = { ...plain, key: new SecretAccessKey(ANOTHER_SECRET) }
const otherSecret = { signer: another, verifier: another }
const otherMethod = { signer: plain, verifier: { ...plain, verbatim: { method: 'PUT' } } }

for (const id of ids) {
  if (!existsSync(join(INJECT, `${id}.ts`))) continue
  const { inject, sameBytesAs = [], orElse = [] } = (await import(`../../${INJECT}/${id}.ts`)) as InjectionModule
  const found = occasions()
    .flatMap((correct) => [0, 1, 2, 3].map((choice) => ({ correct, broken: inject(correct, choice) })))
    .find(({ broken }) => broken !== undefined && providedSignature(broken) !== providedSignature({ ...broken, signer: broken.verifier }))
  if (found?.broken === undefined) continue
  const { broken, correct } = found
  if (sameBytesAs.length === 0) {
    write(id, 'proven-by-signature', { secret: true }, { 'error.xml': errorXml(broken), 'request.http': requestText(broken) })
    // Where only the key differs, no text shows it without the secret.
    if (broken.signer.lineBreak === '\n' && canonicalRequest(broken.signer) !== canonicalRequest(broken.verifier))
      write(
        id,
        'proven-or-likely-without-secret',
        {},
        {
          'error.xml': errorXml(broken),
          'debug.log': debugLog(broken),
          ...(orElse.length > 0 && { 'request.http': requestText(broken) }),
        },
      )
  }
  const other = { ...correct, key: new SecretAccessKey(ANOTHER_SECRET) }
  const twin = { signer: other, verifier: other }
  write(id, 'not-signed-right-with-another-secret', {}, { 'error.xml': errorXml(twin), 'debug.log': debugLog(twin) })
}
for (const [id, files] of Object.entries(LIKELY)) write(id, 'likely-by-the-evidence', {}, files)
write('secret-mismatch', 'likely-same-text-on-both-sides', {}, { 'error.xml': errorXml(otherSecret), 'debug.log': debugLog(otherSecret) })
write('secret-mismatch', 'not-another-text', {}, { 'error.xml': errorXml(otherMethod), 'debug.log': debugLog(otherMethod) })
write('payload-chunk-mismatch', 'proven-by-signature', { secret: true }, streamedRefusal('STREAMING-AWS4-HMAC-SHA256-PAYLOAD'))
const others = [
  { label: 'the secret of profile old', secret: ANOTHER_SECRET, accessKeyId: 'AKIAI44QH8DHBEXAMPLE' },
  { label: 'the secret of profile test', secret: 'aThirdSecretOfTheSameLengthEXAMPLEKEY000', accessKeyId: 'AKIAIEXAMPLE00000TES' },
]
const signedByAnother = { signer: another, verifier: plain }
const both = { 'error.xml': errorXml(signedByAnother), 'request.http': requestText(signedByAnother) }
write('secret-of-another-key', 'proven-by-signature', { secret: true, others }, both)
write('secret-of-another-key', 'not-a-secret-that-was-given', { others: others.slice(1) }, both)
for (const [id, files] of Object.entries(STATED)) write(id, 'stated-by-the-evidence', {}, files)

if (process.argv.includes('--expected')) {
  for (const one of golden(CASES)) writeFileSync(join(one.dir, 'expected.txt'), goldenReport(one).text)
}

function write(id: string, name: string, facts: object, files: Readonly<Record<string, string>>): void {
  const dir = join(CASES, id, name)
  if (existsSync(dir)) return
  mkdirSync(dir, { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, file), text, 'latin1')
  writeFileSync(join(dir, 'case.json'), `${JSON.stringify({ cause: id, ...facts })}\n`)
}
