/** What curl and AWS CLI command lines themselves let one suspect, before any answer is read. */

import { clue, type EvidenceReader, type EvidenceSource, type Values } from '../../case/index.js'
import { CREDENTIAL_SETTINGS } from '../../catalog/index.js'
import { awsCommands, type CurlCall, curlCalls } from '../../evidence/index.js'
import { splitTarget } from '../../sigv4/index.js'
import { type ShellCommand, urlParts } from '../../text/index.js'
import { type More, type RuleHead, said } from '../rule.js'
import { CURL_PATH, CURL_QUERY, KEY_WITH_DOTS, PRESIGNED_FOR_GET, PROFILE_NOT_NAMED, REGION_MALFORMED } from './setting-rules.js'

export const commandLines: EvidenceReader = {
  id: 'command-lines',
  reads: 'curl and aws command lines: what a signature does not survive',
  samples: [
    'curl --aws-sigv4 aws:amz:us-east-1:es --user "<AccessKeyId>:<SecretAccessKey>" \'https://search.example.com/index/_search?sort=_score&size=25\'\n',
    'aws s3 presign s3://examplebucket/a.csv\ncurl -XPUT --upload-file a.csv "$URL"\n',
  ],
  recognize: (text) => /\b(?:curl|aws)(?:\.exe)?[ \t]/.test(text),
  read({ name, text }: EvidenceSource) {
    const calls = curlCalls(text)
    const at = ({ start, end }: { readonly start: number; readonly end: number }) => ({ source: name, start, end })
    return [
      ...calls.flatMap((call) => curlFaults(call).map((fault) => clue(fault, at(call)))),
      ...otherProfile(awsCommands(text), text).map(({ fault, command }) => clue(fault, at(command))),
      ...awsCommands(text).flatMap((command) => awsFaults(text, calls, command).map((fault) => clue(fault, at(command)))),
    ]
  },
}

type Fault = ReturnType<typeof said>

function curlFaults({ method, urls, headers, user, sigv4 }: CurlCall): readonly Fault[] {
  if (sigv4 !== undefined) return urls.flatMap((url) => signedFaults(url, sigv4))
  const variable = urls.some((url) => /^\$\{?\w{0,60}(?:url|link|presign)\w{0,60}\}?$/i.test(url))
  if (!variable || method === 'GET' || user !== undefined || headers.some(([name]) => /^authorization$/i.test(name))) return []
  const message = `The URL in the variable is sent with ${method}; a presigned URL covers one method only.`
  return [said(PRESIGNED_FOR_GET, message, { strength: 'weak', values: { sent: method } })]
}

/** What curl signs as it is given. */
function signedFaults(url: string, sigv4: string): readonly Fault[] {
  const shown = url.replace(VARIABLE, 'v')
  const { path, query = '' } = splitTarget(urlParts(shown)?.target ?? shown.replace(/^[^/?]*/, ''))
  const names = query.split('&').flatMap((piece) => (piece === '' ? [] : [piece.split('=', 1)[0]!]))
  const service = sigv4.split(':')[3] || (urlParts(shown)?.host ?? '').split('.')[0]!
  const order = 'The query of the curl --aws-sigv4 command is not in sorted order, and curl signed it as given until it learned to sort.'
  return [
    ...(names.every((name, i) => i === 0 || names[i - 1]! <= name) ? [] : [said(CURL_QUERY, order)]),
    ...(/^s3(?:$|-|express)/.test(service) ? [] : pathFaults(path, service)),
  ]
}

function pathFaults(path: string, service: string): readonly Fault[] {
  const given = 'curl --aws-sigv4 signs the path as given'
  const reserved = /[^A-Za-z0-9\-._~/%]/.exec(path)?.[0]
  if (reserved !== undefined) {
    const message = `The path holds "${reserved}", which the canonical URI must hold percent-encoded; ${given}.`
    return [said(CURL_PATH, message, { tags: ['path-not-encoded'], values: { char: reserved } })]
  }
  const escaped = /%[0-9A-Fa-f]{2}/.exec(path)?.[0]
  if (escaped === undefined) return []
  const message = `The path holds "${escaped}"; for ${service} the canonical URI encodes the path once more, and ${given}.`
  return [said(CURL_PATH, message, { tags: ['path-encoded-once'], values: { escape: escaped } })]
}

/** A command without the profile that another command of the text has made. */
function otherProfile(
  commands: readonly ShellCommand[],
  text: string,
): readonly { readonly fault: Fault; readonly command: ShellCommand }[] {
  const made = commands.flatMap(({ words }) => (words.includes('configure') ? (option(words, '--profile') ?? []) : []))[0]
  if (made === undefined || made === 'default' || /\bAWS_(?:DEFAULT_)?PROFILE\b/.test(text)) return []
  const command = commands.find(({ words }) => !words.includes('configure') && words.length > 2 && option(words, '--profile') === undefined)
  if (command === undefined) return []
  return [{ fault: said(PROFILE_NOT_NAMED, `The keys are in the profile ${made}, and this command does not name it.`), command }]
}

function awsFaults(text: string, calls: readonly CurlCall[], command: ShellCommand): readonly Fault[] {
  const { words, assignments, start, end } = command
  const found = (rule: RuleHead, message: string, more?: More): readonly Fault[] => [said(rule, message, more)]
  const key = option(words, '--key') ?? words.map((word) => /^s3:\/\/[^/]{1,300}\/(\/.{0,1000})$/.exec(word)?.[1]).find(Boolean)
  const empty =
    assignments.find(([name, value]) => REGION.test(name) && value === '')?.[0] ??
    NO_REGION.exec(text.slice(Math.max(0, start - 2000), start))?.[1]
  const sent = calls.find((one) => one.start >= end && one.method !== 'GET')?.method
  const presigns = words.includes('s3') && words.includes('presign')
  const signed: Values = { signed: 'GET' }
  return [
    ...(empty === undefined
      ? []
      : found(REGION_MALFORMED, `${empty} is set to an empty value.`, { strength: 'fair', values: { signed: '' } })),
    ...(key !== undefined && /^\/|\/\/|(?:^|\/)\.{1,2}\//.test(key)
      ? found(KEY_WITH_DOTS, `The key "${key}" has an empty or dot segment, which a normalizing server or proxy folds.`, {
          values: { key },
        })
      : []),
    ...(presigns && sent !== undefined
      ? found(PRESIGNED_FOR_GET, `aws s3 presign signs a GET, and curl sends ${sent}.`, { values: { ...signed, sent } })
      : presigns && /\b(?:upload(?:s|ing)?|PUT|POST)\b/.test(text.slice(end, end + 4000))
        ? found(PRESIGNED_FOR_GET, 'aws s3 presign signs a GET, and the text speaks of an upload.', { strength: 'fair', values: signed })
        : []),
  ]
}

function option(words: readonly string[], name: string): string | undefined {
  const at = words.indexOf(name)
  return at < 0 ? words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) : words[at + 1]
}

const REGIONS = CREDENTIAL_SETTINGS.region.variables.join('|')
const REGION = new RegExp(`^(?:${REGIONS})$`)
const NO_REGION = new RegExp(`^(?:export )?(${REGIONS})=[ \\t]*\\r?$`, 'm')
const VARIABLE = /\$\{[^{}\n]{1,60}\}|\$\w{1,60}|<[^<>\n]{1,60}>|\{\{?\w{1,60}\}?\}/g
