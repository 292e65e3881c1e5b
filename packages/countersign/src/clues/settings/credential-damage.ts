/** What is wrong with a credential that a file holds: quotes, ends, lengths, escapes, pairs. Says what is wrong, never the value. */
import type { About, Strength } from '../../case/index.js'
import { bareValue, type CredentialSetting } from './credential-settings.js'

/** A fault of a setting, as a cause. */
export interface CredentialFault {
  readonly at: number
  readonly about: About
  readonly strength: Strength
  readonly message: string
  readonly part: CredentialSetting['kind']
}

/** The faults of each value by itself. */
export function valueFaults(text: string, settings: readonly CredentialSetting[]): readonly CredentialFault[] {
  return settings.flatMap((one) => (one.kind === 'secret' || one.kind === 'id' ? faultsOf(text, one) : []))
}

function faultsOf(text: string, setting: CredentialSetting): readonly CredentialFault[] {
  const { kind, raw, value, form } = setting
  const bare = bareValue(setting)
  const what = kind === 'secret' ? 'secret access key' : 'access key id'
  const say = (about: About, strength: Strength, message: string): readonly CredentialFault[] => [
    { at: setting.at, about, strength, message, part: kind },
  ]
  const lineBreak = kind === 'id' ? 'access-key-id-has-line-break' : 'secret-has-newline'
  if (form === 'manifest' && /[\n\r]$/.test(value))
    return say(lineBreak, 'strong', `the ${what}, decoded from base64, ends in a line break.`)
  if (form === 'manifest' && /^["']|["']$/.test(value))
    return say('secret-has-quotes', 'strong', `the ${what}, decoded from base64, has quotes around it.`)
  if (form === 'manifest' && /^\s|[ \t]$/.test(value))
    return say('secret-has-space', 'strong', `the ${what}, decoded from base64, has a space at its end.`)
  if (/^[|>]\+?$/.test(value))
    return say(lineBreak, 'fair', `the ${what} is a YAML block, which keeps the line break at its end; "|-" and ">-" do not.`)
  if (HIDDEN.test(value)) return []
  if (/\r$/.test(raw) && !allCrLf(text)) return say(lineBreak, 'fair', `the ${what} ends in a carriage return.`)
  if (/\\[nr]$/.test(bare)) return say(lineBreak, 'strong', `the ${what} ends in a line feed.`)
  if (base64EndsInLineFeed(bare)) return say(lineBreak, 'strong', `the ${what} is base64 of a text that ends in a line feed.`)
  if (kind === 'id')
    return /^(?:AKIA|ASIA)[A-Z0-9]{4,40}$/.test(bare) && bare.length !== 20
      ? say('secret-mismatch', 'fair', `the ${what} has ${bare.length} characters; AWS gives ids of 20.`)
      : []
  return secretFaults(text, setting, bare, say)
}

type Say = (about: About, strength: Strength, message: string) => readonly CredentialFault[]

function secretFaults(text: string, { raw, value, form, name }: CredentialSetting, bare: string, say: Say): readonly CredentialFault[] {
  const quoted = /^["'].*["']$/s.test(value)
  if (/^["'].*\s["']$/.test(value) || /^["']\s/.test(value))
    return say('secret-has-space', 'strong', 'the secret access key has a space at its end, inside the quotes.')
  if (form === 'cmd' && quoted)
    return say('secret-has-quotes', 'strong', 'set takes the quotes around the secret access key for a part of it.')
  if (form === 'list' && quoted)
    return say('secret-has-quotes', 'strong', 'in a list of an environment the quotes around the secret access key are a part of it.')
  if (form === 'cmd' && /\S +(?:\r?$|&&)/.test(raw))
    return say('secret-has-space', 'fair', 'set takes the space behind the secret access key for a part of it.')
  if (/[^\s] +\r?$/.test(raw) && !/["']\s*$/.test(raw) && form !== 'shell' && form !== 'list')
    return say('secret-has-space', 'fair', 'a space follows the secret access key.')
  if (/%2[BFbf]|%3[Dd]/.test(bare))
    return say('secret-url-encoded', 'strong', 'the secret access key holds a percent-encoded character, which no key has.')
  if (/&(?:#x2[bf]|#4[37]|#43|#47|amp);/i.test(bare))
    return say('secret-url-encoded', 'strong', 'the secret access key holds an HTML entity, which no key has.')
  if (quoted && keepsQuotes(text, name))
    return say('secret-has-quotes', 'strong', 'quotes surround the secret access key in a file where quotes count as part of the value.')
  if (/^["']|["']$/.test(value) && !quoted) return say('secret-has-quotes', 'fair', 'the secret access key has a quote at one end only.')
  if (/\\[/+=]/.test(bare))
    return say('secret-lost-characters', 'strong', 'a character of the secret access key is escaped with a backslash.')
  if (/\s/.test(bare.trim()) && /^[A-Za-z0-9/+\s]{30,60}$/.test(bare))
    return say('secret-has-space', 'strong', 'the secret access key has white space inside.')
  if (/^(?:change[_-]?me|replace[_-]?me|dummy|placeholder|insert\w{0,20}|secret[_-]?key|fill[_-]?me[_-]?in)$/i.test(bare))
    return say('secret-mismatch', 'fair', 'the secret access key is a word that waits to be replaced.')
  if (/^[A-Za-z0-9/+]{28,39}$/.test(bare) && AWS_ID.test(text))
    return say('secret-lost-characters', 'strong', `the secret access key has ${bare.length} characters; AWS gives keys of 40.`)
  if (/^[A-Za-z0-9/+]{41,50}$/.test(bare) && AWS_ID.test(text))
    return say('secret.mangled', 'fair', `the secret access key has ${bare.length} characters; AWS gives keys of 40.`)
  return []
}

/** The faults of ids and secrets that do not belong together. */
export function pairFaults(text: string, settings: readonly CredentialSetting[]): readonly CredentialFault[] {
  const faults: CredentialFault[] = []
  const say = (one: CredentialSetting, about: About, strength: Strength, message: string): void => {
    faults.push({ at: one.at, about, strength, message, part: one.kind })
  }
  const ids = settings.filter(({ kind, value }) => kind === 'id' && !HIDDEN.test(value))
  const secrets = settings.filter(({ kind, value }) => kind === 'secret' && !HIDDEN.test(value))
  for (const one of ids)
    if (/^[A-Za-z0-9/+]{40}$/.test(bareValue(one)) && !/^(?:AKIA|ASIA)/.test(bareValue(one)))
      say(one, 'secret-mismatch', 'strong', 'the access key id has the form of a secret access key: the two are swapped.')
  for (const one of secrets)
    if (/^(?:AKIA|ASIA)[A-Z0-9]{12,20}$/.test(bareValue(one)))
      say(one, 'secret-mismatch', 'strong', 'the secret access key has the form of an access key id: the two are swapped.')
  for (const one of secrets) {
    const twin = secrets.find((other) => other !== one && other.at < one.at && bareValue(other) === bareValue(one))
    const [mine, theirs] = [idBeside(ids, one), twin === undefined ? undefined : idBeside(ids, twin)]
    if (mine !== undefined && theirs !== undefined && bareValue(mine) !== bareValue(theirs))
      say(one, 'secret-mismatch', 'fair', 'the same secret access key stands beside two access key ids; it can belong to one of them only.')
  }
  for (const one of ids) {
    const twin = ids.find((other) => other.at < one.at && other.section !== one.section && bareValue(other) === bareValue(one))
    const [mine, theirs] = [
      secrets.find(({ section }) => section === one.section),
      secrets.find(({ section }) => section === twin?.section),
    ]
    if (twin !== undefined && mine !== undefined && theirs !== undefined && bareValue(mine) !== bareValue(theirs))
      say(one, 'secret-mismatch', 'fair', 'the same access key id stands beside two secret access keys; one of them is not its own.')
  }
  const profile = /^[ \t]{0,10}(?:export |set |\$env:|- )?["']?AWS_(?:DEFAULT_)?PROFILE["']?\s{0,3}[:=]\s{0,3}["']?(?!["'\s])[\w.-]/m.exec(
    text,
  )
  const fromEnvironment = ids.find(({ name }) => /^AWS_ACCESS_KEY_ID$/.test(name))
  if (profile !== null && fromEnvironment !== undefined)
    say(
      fromEnvironment,
      'secret-mismatch',
      'fair',
      'keys stand in the environment beside AWS_PROFILE; most SDKs take the keys and not the profile.',
    )
  return faults
}

function idBeside(ids: readonly CredentialSetting[], secret: CredentialSetting): CredentialSetting | undefined {
  const same = ids.filter(({ section }) => section === secret.section)
  return [...same].sort((a, b) => Math.abs(a.at - secret.at) - Math.abs(b.at - secret.at))[0]
}

/** The shared files of AWS, .s3cfg and rclone.conf take quotes for a part of the value. */
function keepsQuotes(text: string, name: string): boolean {
  if (!/^\[[\w. -]{1,80}\]/m.test(text)) return false
  return /^aws_secret/i.test(name) || /^host_base\s{0,5}=/m.test(text) || /^type\s{0,5}=\s{0,5}s3\b/m.test(text)
}

/** Whether base64 text decodes to something that ends in a line feed: its last group says so. */
function base64EndsInLineFeed(value: string): boolean {
  return (
    value.length > 44 &&
    value.length % 4 === 0 &&
    /(?:Cg==|o=|K)$/.test(value) &&
    /(?:Cg==|[AEIMQUYcgkosw048]K|[A-Za-z0-9+/]{2}o=)$/.test(value)
  )
}

function allCrLf(text: string): boolean {
  return !/[^\r]\n/.test(text)
}

export const HIDDEN = /^["']?(?:\.{3}|<|\*|\$|x{3,}|\[|process\.|os\.|ENV|env|var\.|\{|string|your|!)/i
const AWS_ID = /\b(?:AKIA|ASIA)[A-Z0-9*]{4,}/
