/** Where secrets come from: --secret-file, --profile, the AWS_* environment, a prompt, a file of candidates; never an argument. */
import { resolve } from 'node:path'
import type { KnownSecret } from '../case/index.js'
import { candidatesIn, environmentProfile, limitedText, readableByOthers, type SharedProfile, sharedProfile } from '../environment/index.js'
import { SecretAccessKey } from '../sigv4/index.js'
import { chosenCandidates } from './chosen-candidates.js'
import { CliError } from './cli-error.js'
import type { Options } from './options.js'
import { reasonOf } from './pieces.js'
import { type Io, say } from './terminal-rules.js'
import { keepUnspoken, valuesOf } from './unspoken.js'

/** What is known of keys, and every string that must not appear in a report. */
export interface KnownKeys {
  readonly secrets: readonly KnownSecret[]
  readonly accessKeyId?: string
  readonly sessionToken?: string
  /** The region of the profile or the environment. */
  readonly region?: string
  readonly silent: readonly string[]
}

/**
 * Collects the keys the options and the environment give.
 *
 * @param evidence Text to hold the environment's access key ID against: another request's key explains nothing. Absent:
 * the environment is taken as it is (`sign`, `presign`).
 */
export async function knownKeys(options: Options, io: Io, evidence?: readonly string[]): Promise<KnownKeys> {
  const given = options.one('access-key-id')
  const secrets: KnownSecret[] = []
  let accessKeyId = given
  let sessionToken: string | undefined
  let region: string | undefined
  for (const path of options.all('secret-file')) {
    secrets.push(knownSecret(await valueOfFile(path, 'secret', io), `the secret in ${path}`, given))
  }
  for (const name of options.all('profile')) {
    const profile = await profileNamed(name, io)
    if (profile.secretAccessKey === undefined) {
      throw new CliError(
        `profile "${name}" has no aws_secret_access_key (countersign does not follow roles, SSO or credential processes; use the AWS_* environment)`,
      )
    }
    secrets.push(knownSecret(profile.secretAccessKey, `the secret of profile ${name}`, given ?? profile.accessKeyId))
    accessKeyId ??= profile.accessKeyId
    sessionToken ??= profile.sessionToken
    region ??= profile.region
  }
  if (options.flag('ask-secret')) {
    const typed = await io.askSecret('Secret access key: ')
    if (typed === undefined) throw new CliError('--ask-secret needs a terminal; use --secret-file or the AWS_* environment')
    if (typed === '') throw new CliError('no secret was typed')
    keepUnspoken(io, [typed])
    secrets.push(knownSecret(typed, 'the secret typed', given))
  }
  const tokenFile = options.one('session-token-file')
  if (tokenFile !== undefined) sessionToken = await valueOfFile(tokenFile, 'session token', io)
  const silent = secrets.map(({ secretAccessKey }) => secretAccessKey.dangerValue())
  const environment = fromEnvironment(io)
  if (environment !== undefined)
    silent.push(environment.secretAccessKey, ...(environment.sessionToken === undefined ? [] : [environment.sessionToken]))
  // The environment is what is left when nothing was named; where a key was named, that one is meant.
  if (secrets.length === 0 && environment !== undefined && belongs(environment.accessKeyId, given, evidence, io)) {
    secrets.push(knownSecret(environment.secretAccessKey, 'the secret in AWS_SECRET_ACCESS_KEY', environment.accessKeyId))
    accessKeyId ??= environment.accessKeyId
    sessionToken ??= environment.sessionToken
    region ??= environment.region
  }
  const candidates: KnownSecret[] = []
  for (const path of options.all('candidate-secrets')) {
    for (const one of await candidateSecrets(path, io)) candidates.push(one)
    await warnOfMode(path, io)
  }
  keepUnspoken(
    io,
    candidates.map(({ secretAccessKey }) => secretAccessKey.dangerValue()),
  )
  const { tried, silent: untold } = chosenCandidates(candidates, evidence ?? [], io)
  for (const one of tried) secrets.push(one)
  for (const one of untold) silent.push(one)
  if (sessionToken !== undefined) silent.push(sessionToken)
  return {
    secrets,
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(region === undefined ? {} : { region }),
    silent,
  }
}

/** The one secret a signer or verifier needs. */
export function neededSecret(keys: KnownKeys): KnownSecret {
  const first = keys.secrets[0]
  if (first === undefined) throw new CliError(`a secret access key is needed: ${WHERE_SECRETS_GO}`)
  // What is signed with becomes header lines and parameters: a line end would begin another one, and a secret would be sent along.
  if (UNPRINTED.test(keys.sessionToken ?? '')) throw new CliError('the session token contains a line ending or another control character')
  if (LIKE_A_SECRET.test(keys.accessKeyId ?? ''))
    throw new CliError('the access key ID has the form of a secret access key; are the two swapped?')
  return first
}

export const WHERE_SECRETS_GO =
  'give it with --secret-file FILE, --profile NAME, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or --ask-secret; never as an argument'

function knownSecret(value: string, label: string, accessKeyId: string | undefined): KnownSecret {
  return { label, secretAccessKey: new SecretAccessKey(value), ...(accessKeyId === undefined ? {} : { accessKeyId }) }
}

/** The file's bytes are the value; the one line end that editors add is taken off, with a word about it. */
async function valueOfFile(path: string, what: 'secret' | 'session token', io: Io): Promise<string> {
  const text = await limitedText(resolve(io.cwd, path), LARGEST_SECRET).catch((error: unknown) => {
    throw new CliError(`cannot read the ${what} file ${path}: ${reasonOf(error)}`)
  })
  const holds = what === 'secret' ? 'secret access key' : what
  if (text === undefined) throw new CliError(`the ${what} file ${path} is too large: it must hold the ${holds} and nothing else`)
  await warnOfMode(path, io)
  const end = /^[^\r\n]*[^\r\n](\r?\n)$/.exec(text)
  if (end !== null) say(io, `${path} ends with a line ending; the ${what} is used without it`)
  const value = end === null ? text : text.slice(0, -end[1]!.length)
  if (value.trim() === '') throw new CliError(`the ${what} file ${path} is empty`)
  keepUnspoken(io, [value])
  return value
}

/** A word where others can read a file that holds a secret. */
export async function warnOfMode(path: string, io: Io): Promise<void> {
  const warning = readableByOthers(resolve(io.cwd, path), path)
  if (warning !== undefined) say(io, warning)
}

async function candidateSecrets(path: string, io: Io): Promise<readonly KnownSecret[]> {
  const text = await limitedText(resolve(io.cwd, path), LARGEST_CANDIDATES).catch((error: unknown) => {
    throw new CliError(`cannot read the file of candidate secrets ${path}: ${reasonOf(error)}`)
  })
  if (text === undefined) throw new CliError(`the file of candidate secrets ${path} is too large`)
  const found = candidatesIn(text, path)
  if (found.length === 0) throw new CliError(`the file of candidate secrets ${path} holds no secret: see "countersign diagnose --help"`)
  return found
}

async function profileNamed(name: string, io: Io): Promise<SharedProfile> {
  const found = await sharedProfile(name, io)
  if (found.profile !== undefined) {
    keepUnspoken(io, valuesOf(found.profile))
    return found.profile
  }
  const others = found.others.slice(0, 10).join(', ')
  throw new CliError(`there is no profile "${name}" in ${found.paths.join(' or ')}${others === '' ? '' : `; there are: ${others}`}`)
}

/** The keys of the environment, if it holds a secret. */
function fromEnvironment(io: Io): (SharedProfile & { readonly secretAccessKey: string }) | undefined {
  const { secretAccessKey, ...others } = environmentProfile(io.env)
  return secretAccessKey === undefined ? undefined : { ...others, secretAccessKey: Buffer.from(secretAccessKey, 'utf8').toString('latin1') }
}

function belongs(id: string | undefined, given: string | undefined, evidence: readonly string[] | undefined, io: Io): boolean {
  if (evidence === undefined || id === undefined || evidence.some((text) => text.includes(id))) return true
  const named = given ?? firstKeyId(evidence)
  if (named === undefined || named === id) return true
  say(io, 'AWS_SECRET_ACCESS_KEY was not used: AWS_ACCESS_KEY_ID is not the key in the evidence')
  return false
}

function firstKeyId(evidence: readonly string[]): string | undefined {
  for (const text of evidence) {
    const found = KEY_IDS.exec(text)
    if (found !== null) return found.slice(1).find((one) => one !== undefined)
  }
  return undefined
}

const KEY_IDS = /((?:AKIA|ASIA)[A-Z0-9]{12,})|credential(?:=|%3d)([^\s/%*]{1,128})(?:\/|%2f)\d{8}/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTED = /[\u0000-\u001f\u007f]/
const LIKE_A_SECRET = /^(?=.*[a-z])(?=.*[A-Z0-9/+])[A-Za-z0-9/+]{40}$/
const LARGEST_SECRET = 65_536
const LARGEST_CANDIDATES = 4 * 1024 * 1024
