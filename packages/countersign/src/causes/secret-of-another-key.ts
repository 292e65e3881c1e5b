/**
 * The request was signed with another secret that the user holds, of another profile, account or time. It is not the secret of the
 * access key ID that the request names.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html "Precedence"
 * @see https://github.com/aws/aws-cli/issues/9561
 */

import { type CaseFile, type KnownSecret, MOST_SECRETS } from '../case/index.js'
import { type KeyDerivation, SecretAccessKey, type SigningInputs } from '../sigv4/index.js'
import { accessKeyIdNamed } from './kit/access-key-seen.js'
import { dangerSecretOf } from './kit/case-views.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { CHANGE_THE_REQUEST, PLACEHOLDER, type SecretEdit } from './kit/secret-edit.js'
import { LINE_BREAK_EDITS, QUOTE_EDITS, SPACE_EDITS } from './kit/secret-edits-of-ends.js'
import { BASE64_EDITS, CASE_EDITS, CUT_EDITS, LOSS_EDITS, SHELL_EDITS, URL_EDITS } from './kit/secret-edits-of-signs.js'
import { CHANGE_IAM_POLICIES, SEND_AGAIN } from './kit/wrong-fixes.js'

/** Whose secret it was, and what became of it before it signed. The secret itself prints as a placeholder. */
interface Params {
  readonly label: string
  readonly secret: SecretAccessKey
  readonly accessKeyId?: string
  /** "ended in a line feed": absent where the secret signed as it is. */
  readonly changed?: string
  readonly derivation?: Partial<KeyDerivation>
}

const HEAD = { id: 'secret-of-another-key', class: 'secret.mismatch', undo } as const

export const secretOfAnotherKey = defineCause<Params>({
  ...HEAD,
  part: 'signing-key',
  summary: 'the request was signed with a secret of yours that is not the one of its access key ID',
  schemes: 'signatures',
  refusedAt: ['access-key', 'token', 'signature'],
  suspect,
  explain,
})

/** Every other secret as it is first; then each through every change of a secret, and every mistake in deriving the key. */
function* suspect(file: CaseFile): Iterable<Suspicion<Params>> {
  const own = file.inputs === undefined ? undefined : dangerSecretOf(file.inputs)
  if (own === undefined) return
  yield* ofAnotherId(file, own)
  const tried = new Set([own])
  const others: KnownSecret[] = []
  for (const known of file.known.secrets ?? []) {
    const value = known.secretAccessKey.dangerValue()
    if (tried.has(value)) continue
    tried.add(value)
    others.push(known)
  }
  for (const known of others.slice(0, MOST_SECRETS))
    yield { params: paramsOf(known), weight: TESTED_EARLY, grounds: [`You gave several secrets; this is ${known.label}.`] }
  for (const known of others.slice(0, MOST_SECRETS_CHANGED)) {
    const value = known.secretAccessKey.dangerValue()
    for (const { edit, says } of EVERY_EDIT) {
      const edited = edit(value)
      if (edited === '' || tried.has(edited)) continue
      tried.add(edited)
      yield { params: { ...paramsOf(known), secret: new SecretAccessKey(edited), changed: says }, weight: SEARCH_ONLY, grounds: [] }
    }
    for (const [says, derivation] of EVERY_DERIVATION)
      yield { params: { ...paramsOf(known), changed: says, derivation }, weight: SEARCH_ONLY, grounds: [] }
  }
}

/** The secret held against the signature, where the one given for it belongs to another ID than the request names. */
function* ofAnotherId(file: CaseFile, own: string): Iterable<Suspicion<Params>> {
  const named = accessKeyIdNamed(file)
  const same = (file.known.secrets ?? []).filter(({ secretAccessKey }) => secretAccessKey.dangerValue() === own)
  const [known] = same
  if (named === undefined || known === undefined || same.some(({ accessKeyId }) => accessKeyId === undefined || accessKeyId === named))
    return
  const grounds = [`The request names the access key ID ${named}; ${known.label} belongs to ${known.accessKeyId}.`]
  yield { params: paramsOf(known), weight: 0.95, grounds, unedited: true }
}

function paramsOf({ label, secretAccessKey, accessKeyId }: KnownSecret): Params {
  return { label, secret: secretAccessKey, ...(accessKeyId !== undefined && { accessKeyId }) }
}

function undo(inputs: SigningInputs, { secret, derivation }: Params): SigningInputs {
  const own = dangerSecretOf(inputs)
  if (own === undefined || (own === secret.dangerValue() && derivation === undefined)) return inputs
  return { ...inputs, key: secret, ...(derivation !== undefined && { derivation: { ...inputs.derivation, ...derivation } }) }
}

function explain({ params, file, verifier }: Match<Params>): Explanation {
  const { label, accessKeyId, changed } = params
  const named = accessKeyIdNamed(file)
  const own = ownLabel(file, verifier, named)
  const instead = own === undefined ? '' : `, not with ${own}`
  const whose = accessKeyId === undefined ? '' : `, which belongs to the access key ID ${accessKeyId}`
  return {
    what: `the request was signed with ${label}${whose}${changed === undefined ? '' : `; that secret ${changed}`}${instead}`,
    why: `${named === undefined ? 'the request names one access key ID' : `the request names the access key ID ${named}`}, and the service derives the signing key from the secret it keeps under that ID; a signature made with any other secret does not match, however right the request is`,
    labels: [
      {
        part: 'signing-key',
        calculated: own === undefined ? PLACEHOLDER : `<${own}>`,
        signed: `<${label}>`,
        note: 'another secret signed',
      },
    ],
    fixes: [
      {
        title: 'take access key ID and secret out of one place, as the pair they were issued as',
        applicability: 'has-placeholders',
        command: 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN; AWS_PROFILE=<profile> <command>',
        appliesTo: ['aws-cli', 'aws-sdk'],
      },
      {
        title: 'see which source wins: options before variables, variables before profiles, profiles before the role of the machine',
        applicability: 'exact',
        command: 'aws configure list',
        appliesTo: ['aws-cli', 'aws-sdk'],
      },
      {
        title: 'restart what still holds the secret of before a rotation: processes keep the environment they were started with',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [
      CHANGE_THE_REQUEST,
      {
        title: 'create a third pair of keys',
        why: 'nothing is wrong with either secret; two sources are mixed, and they will mix the new one too',
      },
      CHANGE_IAM_POLICIES,
      SEND_AGAIN,
    ],
    check:
      'run "aws sts get-caller-identity --profile <profile>" once with each pair: each passes alone, and names the identity that its ID belongs to',
  }
}

/** What the secret of the ID named is called, where it was given. */
function ownLabel(file: CaseFile, verifier: SigningInputs | undefined, named: string | undefined): string | undefined {
  const own = verifier === undefined ? undefined : dangerSecretOf(verifier)
  return file.known.secrets?.find(
    ({ secretAccessKey, accessKeyId }) =>
      secretAccessKey.dangerValue() === own && (accessKeyId === undefined || named === undefined || accessKeyId === named),
  )?.label
}

/** Before what is tested only, so that it is the first of two changes that go together. */
const TESTED_EARLY = 0.15
const SEARCH_ONLY = 0.1
const MOST_SECRETS_CHANGED = 20

const EVERY_EDIT: readonly SecretEdit[] = [
  LINE_BREAK_EDITS,
  SPACE_EDITS,
  QUOTE_EDITS,
  URL_EDITS,
  SHELL_EDITS,
  CUT_EDITS,
  LOSS_EDITS,
  CASE_EDITS,
  BASE64_EDITS,
].flatMap((edits) => Object.values(edits))

/** The mistakes that hand-written signers make most. */
const EVERY_DERIVATION: readonly (readonly [says: string, derivation: Partial<KeyDerivation>])[] = [
  ['was derived from without "AWS4" before it', { prefix: '' }],
  ['already began with "AWS4" when "AWS4" was put before it', { prefix: 'AWS4AWS4' }],
  ['became a key in steps that handed hexadecimal text on', { passedOn: 'hex' }],
  ['became a key in steps that handed base64 text on', { passedOn: 'base64' }],
  ['became a key in steps that made text of each key', { passedOn: 'characters' }],
  ['became a key in steps that read each key as UTF-8', { passedOn: 'decoded' }],
  ['became a key with service and region exchanged', { chain: ['date', 'service', 'region', 'terminator'] }],
  ['became a key without the last step, "aws4_request"', { chain: ['date', 'region', 'service'] }],
  ['signed itself, without any step of derivation', { chain: [] }],
  ['was the message of HMAC, and not its key', { swapped: 'all' }],
]
