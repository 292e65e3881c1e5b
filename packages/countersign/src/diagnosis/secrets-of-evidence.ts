/**
 * Secrets that nobody gave and that are known all the same: those that stand in the evidence, and the pairs that servers are delivered
 * with, where their ID stands. What one opens is proven by the signature; what it does not open it says nothing of.
 */
import { type CaseFile, isSigned, type KnownFacts, type KnownSecret, type Observation, type ObservationOf } from '../case/index.js'
import { DEFAULT_PAIRS } from '../catalog/index.js'
import { authorizationOf, credentialOf, parseAuthorization, SecretAccessKey, SigningKey } from '../sigv4/index.js'
import { type DiagnoseOptions, diagnosisSteps } from './diagnose.js'
import type { CaseDiagnosis } from './finding.js'
import type { Searching } from './pace.js'
import { signingKeysPrinted } from './printed-keys.js'

/** The secrets to try where the user gave none; each with where it is known from. */
export function secretsOfEvidence(observations: readonly Observation[], known: KnownFacts): readonly KnownSecret[] {
  if ((known.secrets ?? []).length > 0) return []
  const written = observations.filter((one): one is ObservationOf<'secret'> => one.kind === 'secret')
  const ids = new Set(observations.flatMap(accessKeyIds))
  const defaults = DEFAULT_PAIRS.filter(({ accessKeyId }) => ids.has(accessKeyId)).map(
    ({ accessKeyId, secret, of }): KnownSecret => ({
      label: `the pair that ${of} is delivered with`,
      secretAccessKey: new SecretAccessKey(secret),
      accessKeyId,
    }),
  )
  const own = written.map(({ value, location }): KnownSecret => ({ label: `what stands in ${location.source}`, secretAccessKey: value }))
  const byValue = new Map([...defaults, ...own].map((one) => [one.secretAccessKey.dangerValue(), one]))
  return [...byValue.values()].slice(0, MOST_TRIED)
}

/** What is found of a case with these secrets, where one of them gives the signature; else what was found without. */
export function* withSecretsTried(
  found: CaseDiagnosis,
  file: CaseFile,
  secrets: readonly KnownSecret[],
  caseWith: (secret: KnownSecret) => CaseFile,
  options: DiagnoseOptions,
): Searching<CaseDiagnosis> {
  // Without a signature nothing can be opened; and where the bytes are accounted for, a secret adds nothing.
  const level = found.findings[0]?.proof.level
  if (level === 'signature' || level === 'canonical-request-hash' || !carriesSignature(file)) return found
  // A chain that is broken where the signer printed it makes keys of which nothing follows.
  if (level === 'recomputed' && found.findings[0]?.class === 'key.derivation') return found
  for (const { made, label, hidden } of triedCases(file, secrets, caseWith)) {
    const tried = made()
    const steps = diagnosisSteps(tried, { ...options, maxTrials: Math.min(options.maxTrials ?? MOST_TRIALS, MOST_TRIALS) })
    let step = steps.next()
    while (step.done !== true) step = steps.next(yield step.value)
    const [first] = step.value.findings
    // That the signer's own key opens its signature says nothing of the key that the service has.
    const valid = step.value.outcome === 'valid' && !(tried.inputs?.key instanceof SigningKey)
    if (first?.proof.level !== 'signature' && !valid) continue
    const note = `The signature was recomputed with ${label}.`
    return { ...step.value, notes: [...step.value.notes, note], credentials: [...(step.value.credentials ?? []), ...hidden] }
  }
  return found
}

/** The case with each key in turn: those that the signer printed first, which are its own. */
function* triedCases(file: CaseFile, secrets: readonly KnownSecret[], caseWith: (secret: KnownSecret) => CaseFile) {
  const { inputs, known, observations } = file
  if (inputs !== undefined && (known.secrets ?? []).length === 0)
    for (const key of signingKeysPrinted(observations, inputs))
      yield {
        made: () => ({ ...file, inputs: { ...inputs, key } }),
        label: 'a key that stands in the evidence, printed by the signer',
        hidden: [],
      }
  for (const secret of secrets) {
    // It has to be hidden wherever it stands, unless everybody knows it.
    const hidden = secret.accessKeyId === undefined ? [secret.secretAccessKey.dangerValue()] : []
    yield { made: () => caseWith(secret), label: `a secret that nobody had to give: ${secret.label}`, hidden }
  }
}

function carriesSignature(file: CaseFile): boolean {
  const { family, observations } = file
  return isSigned(file) || (family === 'version-2' && observations.some(({ kind }) => kind === 'signature' || kind === 'request'))
}

function accessKeyIds(seen: Observation): readonly string[] {
  if (seen.kind === 'access-key-id') return [seen.value]
  if (seen.kind === 'authorization') return idOf(credentialOf(parseAuthorization(seen.value))?.accessKeyId)
  if (seen.kind !== 'request') return []
  const older = /[?&]AWSAccessKeyId=([^&]{1,128})/.exec(seen.request.target)?.[1]
  const header = seen.request.headers.map(([, value]) => /^AWS ([^\s:]{1,128}):/.exec(value)?.[1]).find((id) => id !== undefined)
  return [...idOf(credentialOf(authorizationOf(seen.request))?.accessKeyId), ...idOf(older), ...idOf(header)]
}

function idOf(id: string | undefined): readonly string[] {
  return id === undefined ? [] : [id]
}

const MOST_TRIED = 6
/** Every single change, and some pairs: these are secrets that the user did not think of, tried for each request of a log. */
const MOST_TRIALS = 1000
