/** What the service says to the keys, what IAM says of them, and whether another SDK gets the same answer. */
import { type Check, check, type System } from '../check.js'
import { NO_KEYS, shownId, type TakenPair } from '../credentials/pairs.js'
import { configureProfile } from '../fix-commands.js'
import { codeMeaning, leaf, type Meaning, meaningOf, type ServiceAnswer, shortMessage } from './service-answer.js'

/** An answer, or why there is none: "no answer within 3 s". */
export type Asked = { readonly answer: ServiceAnswer } | { readonly problem: string }

/** GetCallerIdentity by an SDK that is installed. */
export type SdkAsked = { readonly sdk: string } & (
  | { readonly account: string }
  | { readonly code: string; readonly message: string }
  | { readonly problem: string }
)

/** What was asked for a pair of keys. */
export interface AskedPair {
  readonly pair: TakenPair
  readonly identity: Asked
  readonly others: readonly SdkAsked[]
  /** What IAM says of the access key, asked with these keys or with others that work. */
  readonly status: KeyStatus | undefined
}

export interface KeyStatus {
  readonly active: boolean | undefined
  /** When and for which service, in AWS's words. */
  readonly lastUsed: string | undefined
}

/** @param asked What was asked of the service; `undefined` where nothing was to be. */
export function onlineChecks(system: System, asked: readonly AskedPair[] | undefined): readonly Check[] {
  if (asked === undefined) return IDS.map((id) => check(id, 'skipped', 'not asked: add --online'))
  // A role, SSO or a process is the SDK's own matter: it is asked itself.
  if (asked.length === 0)
    return IDS.map((id) => check(id, 'skipped', NO_KEYS, { fix: { command: 'aws sts get-caller-identity', os: 'any' } }))
  return [identityCheck(system, asked), statusCheck(asked), otherSdkCheck(asked)]
}

function identityCheck(system: System, asked: readonly AskedPair[]): Check {
  const detail = asked.map(
    ({ pair, identity, status }) => `${pair.place}, ${shownId(pair.keys.accessKeyId)}: ${identityWords(identity, status)}`,
  )
  const refused = asked.find(({ identity }) => 'answer' in identity && meaningOf(identity.answer) !== 'accepted')
  if (refused !== undefined) {
    const { answer } = refused.identity as { answer: ServiceAnswer }
    const meaning = meaningOf(answer)
    const { profile } = refused.pair
    const fix = meaning === 'wrong-secret' && profile !== undefined ? configureProfile(system, profile) : undefined
    return check('credentials.identity', 'fail', refusedWords(meaning, refused.status), { detail, fix })
  }
  if (asked.some(({ identity }) => 'problem' in identity))
    return check('credentials.identity', 'warn', 'the service did not answer', { detail })
  return check('credentials.identity', 'ok', 'the service accepts the keys', { detail })
}

function identityWords(identity: Asked, status: KeyStatus | undefined): string {
  if ('problem' in identity) return identity.problem
  const { answer } = identity
  const meaning = meaningOf(answer)
  if (meaning === 'accepted') return `accepted, account ${shownAccount(leaf(answer, 'Account'))}, ${kindOf(leaf(answer, 'Arn'))}`
  return `${refusedWords(meaning, status)} (${answer.status} ${leaf(answer, 'Code') ?? 'without a code'}: ${shortMessage(leaf(answer, 'Message') ?? '')})`
}

function refusedWords(meaning: Meaning, status: KeyStatus | undefined): string {
  if (meaning === 'unknown-key' && status?.active === false) return 'the access key is inactive'
  if (meaning === 'unknown-key' && status?.active === true) return 'the access key is active, and the token beside it belongs to another'
  return MEANINGS[meaning]
}

const MEANINGS: Readonly<Record<Meaning, string>> = {
  accepted: 'accepted',
  'wrong-secret': 'the access key is known, and the secret is not the one that belongs to it',
  'unknown-key': 'the access key is not known: deleted, inactive, of another partition, or with a token of other keys',
  'bad-token': 'the session token is broken or belongs to other keys',
  expired: 'the session token has expired',
  clock: 'the clock of this machine is off',
  region: 'the region of the signature is not the endpoint’s, or is not enabled',
  permission: 'the keys are right, and a policy forbids the call',
  other: 'the service refuses the call',
}

function statusCheck(asked: readonly AskedPair[]): Check {
  const detail = asked.map(({ pair, status }) => {
    const id = shownId(pair.keys.accessKeyId)
    if (status === undefined) return `${id}: nobody who may ask IAM has keys here`
    const state = status.active === undefined ? 'IAM does not list it' : status.active ? 'active' : 'inactive'
    return `${id}: ${state}${status.lastUsed === undefined ? '' : `, last used ${status.lastUsed}`}`
  })
  const inactive = asked.find(({ status }) => status?.active === false)
  if (inactive !== undefined) {
    const id = inactive.pair.keys.accessKeyId
    return check('credentials.key-status', 'fail', `${shownId(id)} is inactive`, {
      detail,
      fix: { command: `aws iam update-access-key --access-key-id <the ID that ends in ${id.slice(-4)}> --status Active`, os: 'any' },
    })
  }
  if (asked.every(({ status }) => status === undefined))
    return check('credentials.key-status', 'skipped', 'IAM does not say it: none of the keys here may ask', { detail })
  return check('credentials.key-status', 'ok', 'the access keys are active, as far as IAM says', { detail })
}

function otherSdkCheck(asked: readonly AskedPair[]): Check {
  const detail: string[] = []
  let differ = false
  for (const { pair, identity, others } of asked)
    for (const other of others) {
      detail.push(`${other.sdk}, ${shownId(pair.keys.accessKeyId)}: ${otherWords(other)}`)
      differ ||= 'answer' in identity && !('problem' in other) && (meaningOf(identity.answer) === 'accepted') !== 'account' in other
    }
  if (detail.length === 0)
    return check('credentials.other-sdk', 'skipped', 'no other SDK is here: python3 with boto3, or node_modules with @aws-sdk/client-sts')
  if (differ)
    return check(
      'credentials.other-sdk',
      'fail',
      'another SDK gets another answer with the same keys: the keys are right, and a client is not',
      { detail },
    )
  const answered = asked.flatMap(({ others }) => others).filter((other) => !('problem' in other))
  if (answered.length === 0) return check('credentials.other-sdk', 'warn', 'the other SDKs got no answer', { detail })
  const accepted = answered.every((other) => 'account' in other)
  return check(
    'credentials.other-sdk',
    'ok',
    `${accepted ? 'another SDK is accepted, too' : 'another SDK is refused, too: it is the keys, not the client'}`,
    { detail },
  )
}

function otherWords(other: SdkAsked): string {
  if ('problem' in other) return other.problem
  if ('account' in other) return `accepted, account ${shownAccount(other.account)}`
  return `${MEANINGS[codeMeaning(other.code, other.message)]} (${other.code}: ${shortMessage(other.message)})`
}

function shownAccount(account: string | undefined): string {
  return account === undefined ? 'not said' : `...${account.slice(-4)}`
}

function kindOf(arn: string | undefined): string {
  const kind = /^arn:[a-z-]{1,20}:(?:sts|iam)::\d{0,12}:(root|user|assumed-role|federated-user)/.exec(arn ?? '')?.[1]
  return kind === undefined ? 'an identity' : KINDS[kind]!
}

const KINDS: Readonly<Record<string, string>> = {
  root: 'the root user',
  user: 'a user',
  'assumed-role': 'a role',
  'federated-user': 'a federated user',
}
const IDS = ['credentials.identity', 'credentials.key-status', 'credentials.other-sdk'] as const
