/** The environment, the values of the pairs that are taken, their tokens, their fingerprints. */
import { type Keys, variable } from '../chains/resolution.js'
import { type Check, check } from '../check.js'
import type { Environment, Machine } from '../machine.js'
import { distinctPairs, shownId, type Taken, type TakenPair } from './pairs.js'
import { lengthOddity, valueOddities } from './value-oddities.js'

/** A keyed fingerprint of a value. */
export type Fingerprint = (value: string) => string

export function valueChecks(machine: Machine, taken: readonly Taken[], fingerprint: Fingerprint): readonly Check[] {
  const pairs = distinctPairs(taken)
  return [environmentCheck(machine.env), oddValuesCheck(pairs), tokenCheck(machine, pairs), fingerprintCheck(pairs, fingerprint)]
}

function environmentCheck(env: Environment): Check {
  const [id, secret, token] = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].map((name) => variable(env, name))
  const empty = NAMES.filter((name) => env[name] === '')
  const detail = empty.map((name) => `${name} is set and empty`)
  const half = (summary: string, status: 'fail' | 'warn'): Check => check('credentials.environment', status, summary, { detail })
  if (id !== undefined && secret === undefined)
    return half('AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY: the AWS CLI and boto3 stop, the others look further', 'fail')
  if (id === undefined && secret !== undefined)
    return half('AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID, so it counts for nothing', 'warn')
  if (id === undefined && token !== undefined)
    return half('AWS_SESSION_TOKEN is set without a pair: it breaks the next pair that you export', 'warn')
  const older = variable(env, 'AWS_SECURITY_TOKEN')
  if (older !== undefined && older !== token)
    return half('AWS_SECURITY_TOKEN is set as well: boto3 and the AWS CLI take it before AWS_SESSION_TOKEN', 'warn')
  if (empty.length > 0) return half(`${empty.join(', ')}: set, and empty`, 'warn')
  return check('credentials.environment', 'ok', id === undefined ? 'the environment holds no keys' : 'the pair in the environment is whole')
}

function oddValuesCheck(pairs: readonly TakenPair[]): Check {
  const detail = pairs.flatMap(({ keys, place, sdks }) => oddities(keys).map((says) => `${place}: ${says} (${sdks.join(', ')})`))
  if (pairs.length === 0) return check('credentials.values', 'skipped', 'no SDK takes keys that stand on this machine')
  if (detail.length === 0) return check('credentials.values', 'ok', 'the values are written as keys are')
  return check('credentials.values', 'fail', 'a value of the keys was changed on its way here', { detail })
}

function oddities({ accessKeyId, secretAccessKey, sessionToken }: Keys): readonly string[] {
  const length = valueOddities('secret access key', secretAccessKey).length > 0 ? undefined : lengthOddity(accessKeyId, secretAccessKey)
  return [
    ...valueOddities('access key ID', accessKeyId).map((says) => `the access key ID ${says}`),
    ...valueOddities('secret access key', secretAccessKey).map((says) => `the secret access key ${says}`),
    ...(length === undefined ? [] : [`the secret access key ${length}`]),
    ...(sessionToken === undefined ? [] : valueOddities('session token', sessionToken).map((says) => `the session token ${says}`)),
  ]
}

function tokenCheck({ env, now }: Machine, pairs: readonly TakenPair[]): Check {
  const faults = pairs.flatMap(({ keys, place, sdks }): readonly string[] => {
    const id = keys.accessKeyId.trim().replace(/^["']/, '')
    const where = `${place} (${sdks.join(', ')})`
    if (id.startsWith('ASIA') && keys.sessionToken === undefined)
      return [`${where}: the ID is of temporary keys (ASIA), and their session token is missing`]
    if (id.startsWith('AKIA') && keys.sessionToken !== undefined)
      return [`${where}: the ID is of long-term keys (AKIA), and the session token beside it is left over from others`]
    return []
  })
  const expires = Date.parse(variable(env, 'AWS_CREDENTIAL_EXPIRATION') ?? '')
  const expired = expires < now ? ['the environment: AWS_CREDENTIAL_EXPIRATION is past, so the keys have expired'] : []
  const detail = [...faults, ...expired]
  if (pairs.length === 0) return check('credentials.token', 'skipped', 'no SDK takes keys that stand on this machine')
  if (detail.length === 0) return check('credentials.token', 'ok', 'the session token suits the kind of key')
  return check('credentials.token', 'fail', 'the pair and its session token do not go together', { detail })
}

function fingerprintCheck(pairs: readonly TakenPair[], fingerprint: Fingerprint): Check {
  if (pairs.length === 0) return check('credentials.fingerprint', 'skipped', 'no SDK takes keys that stand on this machine')
  const detail = pairs.map(({ keys, place, sdks }) => {
    const { accessKeyId, secretAccessKey, sessionToken } = keys
    const special = /[+/]/.test(secretAccessKey) ? 'with + or /' : 'without + and /'
    const token = sessionToken === undefined ? 'no session token' : `a session token of ${sessionToken.length} characters`
    return `${place}: ${shownId(accessKeyId)}, a secret of ${secretAccessKey.length} characters ${special}, ${token}, fingerprint ${fingerprint(secretAccessKey)} (${sdks.join(', ')})`
  })
  return check('credentials.fingerprint', 'ok', `${pairs.length === 1 ? 'one pair is' : `${pairs.length} pairs are`} in use`, { detail })
}

const NAMES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
] as const
