/**
 * The request was signed with another secret access key than the one the service holds for the access key ID.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
 */

import {
  type About,
  askerOf,
  type CaseFile,
  cluesFor,
  ownCanonicalization,
  proxySigns,
  sentAsCalculated,
  statedFacts,
} from '../case/index.js'
import { isKeyId } from '../credentials/index.js'
import type { SigningInputs } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import { accessKeyIdsSeen, carriesToken, LONG_TERM, TEMPORARY } from './kit/access-key-seen.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { alikeButAccepted, keyPassedElsewhere, keyPassedHere } from './kit/key-passed-elsewhere.js'
import { CHANGE_THE_REQUEST } from './kit/secret-edit.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, SEND_AGAIN } from './kit/wrong-fixes.js'

/** Whose secret is another one. */
type Params = { readonly by: 'signer' | 'service' } | { readonly by: 'unknown-id'; readonly accessKeyId?: string }

const HEAD = { id: 'secret-mismatch', class: 'secret.mismatch', undo } as const

export const secretMismatch = defineCause<Params>({
  ...HEAD,
  part: 'signing-key',
  summary: 'the request was signed with another secret access key than the one the service holds for the access key ID',
  schemes: 'any',
  refusedAt: ['access-key', 'token', 'signature'],
  // Logs hold runs with other secrets: a text that nothing changed speaks louder than a request that passed.
  refutes: (file) =>
    keyPassedHere(file) ?? (sameTexts(file) === undefined || ownCanonicalization(file).length > 0 ? keyPassedElsewhere(file) : undefined),
  suspect: (file) => suspicionsOutside(file, HEAD, { by: 'signer' }, candidates(file)),
  shownBy: () => ({ by: 'signer' }),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  yield* unknownId(file)
  const known = file.known.secrets ?? []
  const compared = file.refusal?.check?.group === 'signature'
  if (compared && file.inputsFrom === 'verifier' && known.length > 0) {
    const grounds = ["The text is the service's own; under the secret you gave it gives the signature provided, which the service refused."]
    yield { params: { by: 'service' }, weight: 0.9, unedited: true, grounds }
  }
  const weighed = weight(file)
  if (weighed !== undefined) yield { params: { by: 'signer' }, ...weighed }
}

/** Where the service does not know the access key ID, no secret can be right. */
function* unknownId(file: CaseFile): Iterable<Candidate<Params>> {
  for (const stated of statedFacts(file, 'access-key-unknown')) {
    const ids = [...new Set([stated.values['accessKeyId'], ...accessKeyIdsSeen(file)].filter((id) => id !== undefined))]
    const ambiguous = statedFacts(file, 'token-invalid').length > 0 || TOKEN_CLUES.some((about) => cluesFor(file, about).length > 0)
    const [accessKeyId] = ids
    const params: Params = {
      by: 'unknown-id',
      ...(accessKeyId !== undefined && !isMasked(accessKeyId) && isKeyId(accessKeyId) && { accessKeyId }),
    }
    // The same message meets a temporary key whose session token is absent or wrong.
    if (statedFacts(file, 'signature-mismatch').length > 0) {
      // Signatures are compared only where the ID is known: a code that some services use for both says less than the sentence.
      yield { params, weight: 0.25, grounds: ['A code that can mean an unknown access key ID stands beside the words of a mismatch.'] }
    } else if (ids.some((id) => TEMPORARY.test(id)) || carriesToken(file) || cluesFor(file, 'session-token-missing').length > 0) {
      yield { params, weight: 0.25, grounds: ['The service does not know the access key ID and session token as a pair.'] }
    } else if (ambiguous || ids.length === 0 || !ids.every((id) => (isMasked(id) ? LONG_TERM.test(id) : true))) {
      yield { params, weight: ambiguous ? 0.4 : 0.6, grounds: ['The service says that it does not know these credentials.'] }
    } else {
      const grounds = ['The service says that it does not know the access key ID; it is a long-term one, so no session token is lacking.']
      yield { params, weight: 0.9, stated, grounds }
    }
    return
  }
}

/** How strongly the evidence alone says that only the key differs. */
function weight(file: CaseFile): Pick<Candidate<Params>, 'weight' | 'grounds' | 'sameTexts'> | undefined {
  const { refusal } = file
  // A bare code leaves the check open; that signatures were compared is then the plainest reading.
  const compared =
    refusal?.check === undefined
      ? /^(?:SignatureDoesNotMatch|InvalidSignature)/.test(refusal?.code ?? '')
      : refusal.check.group === 'signature'
  if (refusal !== undefined && !compared) return undefined
  // A text that differs explains the mismatch by itself.
  if (!file.sameAttempt || file.disagreements.length > 0) return undefined
  const same = sameTexts(file)
  if (same === 'string-to-sign')
    return {
      weight: 0.9,
      sameTexts: true,
      grounds: [
        "The signer's and the service's strings to sign are the same text: what was signed is right, so the key it was signed with is not.",
      ],
    }
  if (same === 'canonical-request')
    return {
      weight: 0.85,
      grounds: ["The signer's and the service's canonical requests are the same text, so the request did not change; the key remains."],
    }
  if (alikeButAccepted(file) !== undefined)
    return {
      weight: 0.6,
      grounds: [
        'The same request with this access key ID was accepted at another time: what differs does not show, so it is the secret or the clock.',
      ],
    }
  if (same === 'as-passed-on')
    return {
      weight: 0.4,
      grounds: [
        'The request as a proxy passed it on makes exactly the text that the service calculated: nothing changed behind that proxy. What came to the proxy is not shown.',
      ],
    }
  if (same === 'as-sent')
    return {
      weight: 0.6,
      grounds: ['The request as it was sent makes exactly the text that the service calculated: nothing changed on the way.'],
    }
  // That another secret is always one explanation is no ground.
  return undefined
}

function sameTexts(file: CaseFile): 'string-to-sign' | 'canonical-request' | 'as-sent' | 'as-passed-on' | 'differs' | undefined {
  const { signer, verifier } = file
  const [signed, calculated] = [signer.stringToSign?.text.trim(), verifier.stringToSign?.text.trim()]
  if (signed !== undefined && calculated !== undefined && !isMasked(signed + calculated))
    return signed === calculated ? 'string-to-sign' : 'differs'
  const hashes = [signer.read?.canonicalRequestHash, verifier.read?.canonicalRequestHash]
  if (hashes.every((hash) => hash !== undefined && HASH.test(hash)) && hashes[0] !== hashes[1]) return 'differs'
  // What a proxy passed on is what the service had, never what the client sent.
  if (sentAsCalculated(file)) return proxySigns(file).length > 0 ? 'as-passed-on' : 'as-sent'
  const [ours, theirs] = [signer.canonicalRequest?.text.trim(), verifier.canonicalRequest?.text.trim()]
  if (ours === undefined || theirs === undefined || isMasked(ours + theirs)) return undefined
  return ours === theirs ? 'canonical-request' : 'differs'
}

/** What was signed is right as it stands; no other secret is known. */
function undo(inputs: SigningInputs): SigningInputs {
  return inputs
}

/** A program printed nothing in the place of the secret. */
function isUnset(file: CaseFile): boolean {
  return cluesFor(file, HEAD.id).some(({ values }) => values['secret'] === 'unset')
}

const LOAD_IT = {
  title: 'read the secret under the name under which it is set, and load the .env file before the client is made',
  applicability: 'exact',
} as const

function explain({ params, file }: Match<Params>): Explanation {
  // Without both sides' texts nothing says that the request is right; then nothing of the kind is said.
  const same = sameTexts(file)
  const shown = params.by !== 'signer' || ['string-to-sign', 'canonical-request', 'as-sent'].includes(same ?? '')
  const asker = askerOf(file)
  const ofStore = KEYS_OF_STORES.filter(({ appliesTo: [store] }) => asker.has(store))
  return {
    what: shown
      ? WHAT[params.by](params)
      : same === 'as-passed-on'
        ? 'the request was signed with another secret access key, or the proxy that passed it on changed it'
        : 'nothing in the evidence shows a fault of the request; most likely the secret is wrong, so check it first',
    why:
      params.by === 'unknown-id'
        ? 'the service looks up the secret by the access key ID before it can calculate a signature; an ID that was deleted, belongs to another partition (China, GovCloud) or to another S3-compatible store is not found'
        : `${shown ? 'both sides sign the same text; ' : ''}the signing key is derived from the secret, so another secret gives another signature. The access key ID only names the secret, and the two go together as a pair`,
    labels: [],
    fixes:
      params.by === 'unknown-id'
        ? [...ofStore, ...UNKNOWN_ID_FIXES, SET_BOTH]
        : [...ofStore, ...(isUnset(file) ? [LOAD_IT] : []), SET_BOTH, ...FIXES],
    wrongFixes: [
      ...(shown ? [CHANGE_THE_REQUEST] : []),
      CHANGE_IAM_POLICIES,
      SEND_AGAIN,
      {
        title: 'change only the access key ID, or only the secret',
        why: 'the two are issued together; half of another pair is refused as well',
      },
    ],
    check:
      params.by === 'unknown-id'
        ? 'ask whose the ID is: aws sts get-access-key-info --access-key-id <access key ID>; an answer with your account says that the ID exists, and that the endpoint or the session token is what is wrong'
        : 'run "aws sts get-caller-identity" with the same two values and nothing else: if it is refused with SignatureDoesNotMatch too, the pair is wrong; if it passes, the secret is right and the request is what differs',
  }
}

const WHAT: { readonly [By in Params['by']]: (params: Params) => string } = {
  signer: () => 'the request was signed correctly, but with the wrong secret access key',
  service: () => 'the signature is right for the secret you gave; the service holds another secret for this access key ID',
  'unknown-id': (params) =>
    `the access key ID${params.by === 'unknown-id' && params.accessKeyId !== undefined ? ` ${params.accessKeyId}` : ''} is not known to the service that was asked`,
}

const SET_BOTH = {
  title: 'enter the access key ID and the secret again, both from the same key pair',
  applicability: 'has-placeholders',
  command: "aws configure set aws_access_key_id <access key ID> && aws configure set aws_secret_access_key '<secret access key>'",
} as const

/**
 * Which of a store's keys its S3 API takes.
 * @see https://www.backblaze.com/docs/cloud-storage-s3-compatible-app-keys
 * @see https://cloud.google.com/storage/docs/authentication/hmackeys
 * @see https://developers.cloudflare.com/r2/api/tokens/
 */
const KEYS_OF_STORES = [
  {
    title: "create an application key and use its keyID and applicationKey: B2's S3 API does not take the master key",
    applicability: 'maybe',
    command: 'b2 key create <name> listBuckets,listFiles,readFiles,writeFiles,deleteFiles',
    appliesTo: ['b2'],
  },
  {
    title: 'create an HMAC key of a service account: the S3 API takes no key of another kind',
    applicability: 'has-placeholders',
    command: 'gcloud storage hmac create <service account>',
    appliesTo: ['gcs'],
  },
  {
    title: 'create an R2 API token and use its access key ID and secret access key, not the token itself',
    applicability: 'maybe',
    appliesTo: ['r2'],
  },
] as const

const FIXES = [
  {
    title: 'see where the credentials come from: variables win over profiles, profiles over the role of the machine',
    applicability: 'exact',
    command: 'aws configure list',
    appliesTo: ['aws-cli', 'aws-sdk'],
  },
  {
    title: 'remove left-over variables that win over the profile',
    applicability: 'maybe',
    command: 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN',
    appliesTo: ['shell'],
  },
  {
    title: 'create a new pair and delete the old one; AWS shows a secret once and never again',
    applicability: 'maybe',
    command: 'aws iam create-access-key',
    appliesTo: ['aws'],
  },
] as const

const UNKNOWN_ID_FIXES = [
  {
    title: 'see whether the ID still exists and is active',
    applicability: 'has-placeholders',
    command: 'aws iam list-access-keys --user-name <user>',
    appliesTo: ['aws'],
  },
  {
    title: 'send the request to the service that issued the key: the right partition, or the endpoint of your S3-compatible store',
    applicability: 'has-placeholders',
    command: 'aws --endpoint-url https://<endpoint> --region <region> s3 ls',
    appliesTo: ['aws-cli'],
  },
] as const

const HASH = /^[0-9a-f]{64}$/
const TOKEN_CLUES: readonly About[] = ['token.missing', 'token.mismatch', 'session-token-missing', 'session-token-mismatch']
