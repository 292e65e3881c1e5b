/**
 * The shared AWS credentials and config files.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
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

/** The sections of an INI text. Comments begin a line with "#" or ";", or follow white space; nested settings are skipped. */
export function sections(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>()
  let current: Map<string, string> | undefined
  for (const line of text.replace(/^\ufeff|^\xef\xbb\xbf/, '').split(/\r?\n/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue
    const section = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line)
    if (section !== null) {
      const name = section[1]!.replace(/\s+/g, ' ').replace(/["']/g, '')
      current = found.get(name) ?? new Map()
      found.set(name, current)
      continue
    }
    const setting = /^([^\s=][^=]*?)\s*=\s*(.*?)\s*$/.exec(line)
    if (setting !== null) current?.set(setting[1]!.toLowerCase(), setting[2]!.replace(/\s+[#;].*$/, ''))
  }
  return found
}

function profileName(section: string): string | undefined {
  if (section === 'default') return 'default'
  return section.startsWith('profile ') ? section.slice('profile '.length) : undefined
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'latin1').catch(() => '')
}
