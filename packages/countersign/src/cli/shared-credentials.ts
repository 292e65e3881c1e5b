/** The shared AWS credentials and config files, as a command line names them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sections } from '../text/index.js'
import { CliError } from './cli-error.js'
import type { Io } from './terminal-rules.js'

/** What a profile holds of what a signer needs. */
export interface SharedProfile {
  readonly accessKeyId?: string
  readonly secretAccessKey?: string
  readonly sessionToken?: string
  readonly region?: string
}

/** Reads a profile from both files; the credentials file wins, as in every SDK. */
export async function sharedProfile(name: string, io: Io): Promise<SharedProfile> {
  const credentialsPath = io.env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(io.home, '.aws', 'credentials')
  const configPath = io.env['AWS_CONFIG_FILE'] ?? join(io.home, '.aws', 'config')
  const credentials = sections(await textOf(credentialsPath))
  const config = sections(await textOf(configPath))
  const known = new Set([...credentials.keys(), ...[...config.keys()].map(profileName).filter((one) => one !== undefined)])
  if (!known.has(name)) {
    const others = [...known].sort().slice(0, 10).join(', ')
    throw new CliError(
      `there is no profile "${name}" in ${credentialsPath} or ${configPath}${others === '' ? '' : `; there are: ${others}`}`,
    )
  }
  const values = new Map([...(config.get(name === 'default' ? 'default' : `profile ${name}`) ?? config.get(`profile ${name}`) ?? [])])
  for (const [key, value] of credentials.get(name) ?? []) values.set(key, value)
  const pick = (key: string, as: keyof SharedProfile) => {
    const value = values.get(key)
    return value === undefined || value === '' ? {} : { [as]: value }
  }
  return {
    ...pick('aws_access_key_id', 'accessKeyId'),
    ...pick('aws_secret_access_key', 'secretAccessKey'),
    ...pick('aws_session_token', 'sessionToken'),
    ...pick('region', 'region'),
  }
}

function profileName(section: string): string | undefined {
  if (section === 'default') return 'default'
  return section.startsWith('profile ') ? section.slice('profile '.length) : undefined
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'latin1').catch(() => '')
}
