/** The values of the pairs that are taken, their tokens, their fingerprints. */
import { type Keys, variable } from '../chains/resolution.js'
import { type Check, check } from '../check.js'
import { configureProfile, unsetVariables } from '../fix-commands.js'
import type { Machine } from '../machine.js'
import { chosenProfile, chosenSettings } from '../settings/chosen-settings.js'
import { distinctPairs, NO_KEYS, shownId, type Taken, type TakenPair } from './pairs.js'
import { foreignForm, secretOddity, valueOddities } from './value-oddities.js'

/** A keyed fingerprint of a value. */
export type Fingerprint = (value: string) => string

/** @param ofAws Whether the keys go to AWS, as far as the endpoints say: keys of other servers have any form. */
export function valueChecks(machine: Machine, taken: readonly Taken[], fingerprint: Fingerprint, ofAws: boolean): readonly Check[] {
  const pairs = distinctPairs(taken)
  return [oddValuesCheck(machine, pairs, ofAws), tokenCheck(machine, pairs), fingerprintCheck(pairs, fingerprint)]
}

function oddValuesCheck({ system }: Machine, pairs: readonly TakenPair[], ofAws: boolean): Check {
  const said = (oddities: (keys: Keys) => readonly string[]): readonly string[] =>
    pairs.flatMap(({ keys, place, sdks }) => oddities(keys).map((says) => `${place}: ${says} (${sdks.join(', ')})`))
  const changed = said(changes)
  const foreign = ofAws ? said(({ accessKeyId, secretAccessKey }) => foreignForm(accessKeyId, secretAccessKey)) : []
  const detail = [...changed, ...foreign]
  if (pairs.length === 0) return check('credentials.values', 'skipped', NO_KEYS)
  if (detail.length === 0) return check('credentials.values', 'ok', 'the values are written as keys are')
  const profile = pairs.find(({ keys }) => changes(keys).length > 0)?.profile
  const fix = profile === undefined ? undefined : configureProfile(system, profile)
  return changed.length > 0
    ? check('credentials.values', 'fail', 'a value of the keys was changed on its way here', { detail, fix })
    : check('credentials.values', 'warn', 'the keys do not look like keys of AWS', { detail })
}

function changes({ accessKeyId, secretAccessKey, sessionToken }: Keys): readonly string[] {
  const said = (kind: string, value: string): readonly string[] => valueOddities(value).map((says) => `the ${kind} ${says}`)
  const secret = said('secret access key', secretAccessKey)
  const beside = secret.length > 0 ? undefined : secretOddity(accessKeyId, secretAccessKey)
  return [
    ...said('access key ID', accessKeyId),
    ...secret,
    ...(beside === undefined ? [] : [`the secret access key ${beside}`]),
    ...(sessionToken === undefined ? [] : said('session token', sessionToken)),
  ]
}

function tokenCheck(machine: Machine, pairs: readonly TakenPair[]): Check {
  const { env, now, system } = machine
  const missing = saidOf(pairs, isWithoutToken, 'the ID is of temporary keys (ASIA), and their session token is missing')
  const stale = saidOf(
    pairs,
    isWithStaleToken,
    'the ID is of long-term keys (AKIA), and the session token beside it is left over from others',
  )
  const expired = [...expiries(machine)].filter(({ time }) => time < now).map(({ where }) => `${where} is past, so the keys have expired`)
  const detail = [...missing, ...stale, ...expired]
  if (pairs.length === 0) return check('credentials.token', 'skipped', NO_KEYS)
  if (detail.length === 0) return check('credentials.token', 'ok', 'the session token suits the kind of key')
  const summary = detail.length === expired.length ? 'the keys have expired' : 'the pair and its session token do not go together'
  const inEnvironment = stale.length > 0 && variable(env, 'AWS_SESSION_TOKEN') !== undefined
  return check('credentials.token', 'fail', summary, {
    detail,
    fix: inEnvironment ? unsetVariables(system, ['AWS_SESSION_TOKEN']) : undefined,
  })
}

function saidOf(pairs: readonly TakenPair[], holds: (keys: Keys) => boolean, says: string): readonly string[] {
  return pairs.filter(({ keys }) => holds(keys)).map(({ place, sdks }) => `${place} (${sdks.join(', ')}): ${says}`)
}

function isWithoutToken({ accessKeyId, sessionToken }: Keys): boolean {
  return kindOfId(accessKeyId) === 'ASIA' && sessionToken === undefined
}

function isWithStaleToken({ accessKeyId, sessionToken }: Keys): boolean {
  return kindOfId(accessKeyId) === 'AKIA' && sessionToken !== undefined
}

function kindOfId(accessKeyId: string): string {
  return accessKeyId.replace(/^[\s"']{1,3}/, '').slice(0, 4)
}

/** When keys end, as the tools write it that fetch them. */
function* expiries(machine: Machine): Generator<{ readonly where: string; readonly time: number }> {
  const ofEnvironment = Date.parse(variable(machine.env, 'AWS_CREDENTIAL_EXPIRATION') ?? '')
  if (!Number.isNaN(ofEnvironment)) yield { where: 'AWS_CREDENTIAL_EXPIRATION', time: ofEnvironment }
  const settings = chosenSettings(machine)
  for (const name of ['x_security_token_expires', 'aws_session_expiration', 'aws_expiration', 'expiration']) {
    const time = Date.parse(settings.get(name) ?? '')
    if (!Number.isNaN(time)) yield { where: `${name} of profile ${JSON.stringify(chosenProfile(machine))}`, time }
  }
}

function fingerprintCheck(pairs: readonly TakenPair[], fingerprint: Fingerprint): Check {
  if (pairs.length === 0) return check('credentials.fingerprint', 'skipped', NO_KEYS)
  const detail = pairs.map(({ keys, place, sdks }) => {
    const { accessKeyId, secretAccessKey, sessionToken } = keys
    const special = /[+/]/.test(secretAccessKey) ? 'with + or /' : 'without + and /'
    const token = sessionToken === undefined ? 'no session token' : `a session token of ${sessionToken.length} characters`
    return `${place}: ${shownId(accessKeyId)}, a secret of ${secretAccessKey.length} characters ${special}, ${token}, fingerprint ${fingerprint(secretAccessKey)} (${sdks.join(', ')})`
  })
  return check('credentials.fingerprint', 'ok', `${pairs.length === 1 ? 'one pair is' : `${pairs.length} pairs are`} in use`, { detail })
}
