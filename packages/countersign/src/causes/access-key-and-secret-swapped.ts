/**
 * Access key ID and secret access key stand in each other's place, or the ID stands in both: two fields, two positional arguments.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
 */

import type { CaseFile } from '../case/index.js'
import { authorizationOf, parseAuthorization, SecretAccessKey, type SigningInputs } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import { accessKeyIdOf, accessKeyIdsSeen, looksLikeSecret } from './kit/access-key-seen.js'
import { dangerSecretOf } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { keyPassedElsewhere } from './kit/key-passed-elsewhere.js'
import { CHANGE_THE_REQUEST, PLACEHOLDER } from './kit/secret-edit.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, SEND_AGAIN } from './kit/wrong-fixes.js'

/** The access key ID that signed; absent where only the credential shows the exchange. */
interface Params {
  readonly signedWith?: string
}

const HEAD = {
  id: 'access-key-and-secret-swapped',
  class: 'secret.mismatch',
  undo,
  narrow: true,
} as const

export const accessKeyAndSecretSwapped = defineCause<Params>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'access key ID and secret access key are swapped',
  schemes: 'any',
  refusedAt: ['access-key', 'token', 'credential', 'signature'],
  refutes: keyPassedElsewhere,
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  undo,
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const secrets = (file.known.secrets ?? []).map(({ secretAccessKey }) => secretAccessKey.dangerValue().trim())
  for (const seen of file.observations) {
    if (seen.kind !== 'request' && seen.kind !== 'authorization') continue
    const authorization = seen.kind === 'request' ? authorizationOf(seen.request) : parseAuthorization(seen.value)
    const id = authorization === undefined ? undefined : accessKeyIdOf(authorization)
    // A default pair whose ID is its secret is not swapped.
    const pair = (file.known.secrets ?? []).some(
      ({ accessKeyId, secretAccessKey }) => accessKeyId === id && secretAccessKey.dangerValue().trim() === id,
    )
    if (id === undefined || id === '' || isMasked(id) || !secrets.includes(id) || pair || !looksLikeSecret(id)) continue
    yield { params: {}, weight: 0.97, stated: seen, grounds: ['The credential names the secret you gave where the access key ID belongs.'] }
    break
  }
  if (accessKeyIdsSeen(file).some(looksLikeSecret)) {
    const grounds = ['What stands in the place of the access key ID has the form of a secret.']
    yield { params: {}, weight: 0.85, grounds }
  }
  const ids = [...accessKeyIdsSeen(file), ...(file.known.secrets ?? []).flatMap(({ accessKeyId }) => accessKeyId ?? [])]
  for (const id of new Set(ids)) if (!isMasked(id) && !looksLikeSecret(id)) yield { params: { signedWith: id } }
}

function undo(inputs: SigningInputs, { signedWith }: Params): SigningInputs {
  const own = dangerSecretOf(inputs)
  if (signedWith === undefined || signedWith === '' || own === undefined || own === signedWith) return inputs
  return { ...inputs, key: new SecretAccessKey(signedWith) }
}

function explain({ params }: Match<Params>): Explanation {
  const { signedWith } = params
  return {
    what:
      signedWith === undefined
        ? 'the secret access key stood where the access key ID belongs'
        : `the request was signed with the access key ID ${signedWith} in the place of the secret access key`,
    why: 'the access key ID names the pair and travels in the open; the secret signs and is never sent. A service finds no key under a secret, and no signature made with an ID matches',
    labels:
      signedWith === undefined
        ? [
            {
              part: 'authorization',
              calculated: 'Credential=<access key ID>/...',
              signed: `Credential=${PLACEHOLDER}/...`,
              note: 'the two are swapped',
            },
          ]
        : [{ part: 'signing-key', calculated: PLACEHOLDER, signed: '<access key ID>', note: 'the ID was used as the secret' }],
    fixes: [
      {
        title: 'swap the two values where they are set: the ID has 20 characters and begins with AKIA or ASIA, the secret has 40',
        applicability: 'has-placeholders',
        command: "aws configure set aws_access_key_id <access key ID> && aws configure set aws_secret_access_key '<secret access key>'",
        appliesTo: ['aws-cli', 'aws-sdk'],
      },
      { title: 'pass the two by name, not by position', applicability: 'maybe' },
      ...(signedWith === undefined
        ? ([
            {
              title: 'make the pair inactive and create a new one: the secret was sent in the clear, and stands in logs',
              applicability: 'has-placeholders',
              command: 'aws iam update-access-key --access-key-id <access key ID> --status Inactive',
              appliesTo: ['aws'],
            },
          ] as const)
        : []),
    ],
    wrongFixes: [CHANGE_THE_REQUEST, CHANGE_IAM_POLICIES, SEND_AGAIN],
    check:
      'look at the credential of the request that is sent (Credential= or X-Amz-Credential=): it begins with AKIA or ASIA, and the secret your signer reads does not; where both hold, this is not the cause',
  }
}
