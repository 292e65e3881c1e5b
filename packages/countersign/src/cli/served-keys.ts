/** The keys that a local endpoint knows: those of a credentials file, or the one that any other command would take. */
import { resolve } from 'node:path'
import type { KnownSecret } from '../case/index.js'
import { type CredentialsChange, credentialsFile } from '../server/index.js'
import { SecretAccessKey } from '../sigv4/index.js'
import { credentialsOf, type KnownCredential } from '../verifier/index.js'
import { CliError } from './cli-error.js'
import type { OptionRules, Options } from './options.js'
import { reasonOf } from './pieces.js'
import { knownKeys, neededSecret, warnOfMode } from './secrets.js'
import { type Io, say } from './terminal-rules.js'
import { keepUnspoken } from './unspoken.js'

export const CREDENTIALS_FILE_RULE: OptionRules = {
  'credentials-file': {
    type: 'string',
    value: 'FILE',
    group: 'Secrets',
    help: 'access key IDs and their secrets, JSON or INI; read again when it changes',
  },
}

export interface ServedKeys {
  readonly store: ReturnType<typeof credentialsOf>
  known(): ReadonlyMap<string, KnownCredential>
  /** Those that are known now, for diagnoses. */
  secrets(): readonly KnownSecret[]
  /** What no line may show, wherever a request has it: also the secrets of keys that are known no longer. */
  unspoken(): readonly string[]
  close(): void
}

/** The credentials file, or the one key that any other command would take. */
export async function servedKeys(options: Options, io: Io): Promise<ServedKeys> {
  const path = options.one('credentials-file')
  if (path !== undefined) {
    try {
      // One list for as long as the keys stay: it is made ready once.
      let ever: readonly string[] = []
      const keep = (known: ReadonlyMap<string, KnownCredential>) => {
        ever = [...new Set([...ever, ...unspokenOf(known)])]
        keepUnspoken(io, ever)
      }
      await warnOfMode(path, io)
      const file = await credentialsFile(resolve(io.cwd, path), {
        onChange: (change) => {
          keep(file.known())
          say(io, sayingOf(change, path))
        },
      })
      keep(file.known())
      return { ...file, secrets: () => secretsOf(file.known()), unspoken: () => ever }
    } catch (error) {
      throw new CliError(`cannot use the credentials file: ${reasonOf(error)}`)
    }
  }
  const keys = await knownKeys(options, io)
  const { secretAccessKey } = neededSecret(keys)
  if (keys.accessKeyId === undefined) throw new CliError('--access-key-id is needed: it names the key that the secret belongs to')
  const credential = { key: secretAccessKey, ...(keys.sessionToken === undefined ? {} : { sessionToken: keys.sessionToken }) }
  const known = new Map([[keys.accessKeyId, credential]])
  const store = credentialsOf(Object.fromEntries(known))
  const unspoken = unspokenOf(known)
  const secrets = secretsOf(known)
  return { store, known: () => known, secrets: () => secrets, unspoken: () => unspoken, close: () => {} }
}

function sayingOf(change: CredentialsChange, path: string): string {
  if ('refused' in change) return `keeping the keys in use: ${change.refused}`
  if (change.accessKeyIds === 0) return `ALL KEYS ARE REVOKED: ${path} holds no keys. Every signed request is refused until it does.`
  return `${path} changed: loaded ${change.accessKeyIds} access key${change.accessKeyIds === 1 ? '' : 's'}`
}

function secretsOf(known: ReadonlyMap<string, KnownCredential>): readonly KnownSecret[] {
  return [...known].flatMap(([accessKeyId, { key }]) =>
    key instanceof SecretAccessKey ? [{ label: `the secret of ${accessKeyId}`, secretAccessKey: key, accessKeyId }] : [],
  )
}

function unspokenOf(known: ReadonlyMap<string, KnownCredential>): string[] {
  return [...known.values()].flatMap(({ key, sessionToken }) => [
    ...(key instanceof SecretAccessKey ? [key.dangerValue()] : []),
    ...(sessionToken === undefined ? [] : [sessionToken]),
  ])
}
