/**
 * AWS CLI command lines and the environment set before them.
 * @see https://docs.aws.amazon.com/cli/latest/reference/#global-options
 */

import { clue, type EvidenceReader, type EvidenceSource, type Observation } from '../../case/index.js'
import type { Hint } from '../../clues/index.js'
import { type ShellCommand, shellCommands } from '../../text/index.js'
import { curlCall } from './curl-command.js'

export const awsCliCommand: EvidenceReader = {
  id: 'aws-cli-command',
  reads: 'aws command lines with the variables set before them',
  samples: [
    'export AWS_DEFAULT_REGION=us-east-2\naws --debug --endpoint-url http://s3.us-east-2.amazonaws.com:80 s3 ls s3://\n',
    '$ AWS_REGION= aws s3 --endpoint-url https://s3.dualstack.eu-west-1.amazonaws.com ls s3://examplebucket\n',
    'aws s3 presign s3://examplebucket/a.csv\ncurl -XPUT --upload-file a.csv "$URL"\n',
  ],
  recognize: (text) => /\baws(?:\.exe)?[ \t]/.test(text) && commands(text).length > 0,
  read,
}

function commands(text: string): readonly ShellCommand[] {
  return shellCommands(text, 'aws').filter(({ words }) => words.some((word, i) => i > 0 && /^[a-z][a-z0-9-]{1,40}$/.test(word)))
}

function read({ name, text }: EvidenceSource): readonly Observation[] {
  const others = text.includes('presign')
    ? shellCommands(text, 'curl').map((command) => ({ start: command.start, method: curlCall(command).method }))
    : []
  return commands(text).flatMap((command) => {
    const seen = { location: { source: name, start: command.start, end: command.end }, fidelity: 'exact' } as const
    const hints = [...endpointHints(command), ...regionHints(text, command), ...keyHints(command), ...presignHints(text, others, command)]
    const client: Observation = { ...seen, kind: 'client', name: 'aws-cli', version: '' }
    return [client, ...hints.map((hint) => clue({ rule: `aws-cli-${hint.about}`, ...hint }, seen.location))]
  })
}

interface Sent {
  readonly start: number
  readonly method: string
}

function endpointHints(command: ShellCommand): readonly Hint[] {
  const endpoint = option(command, '--endpoint-url') ?? ''
  const port = /^http:\/\/[^/:]{1,253}(:80)(?:\/|$)|^https:\/\/[^/:]{1,253}(:443)(?:\/|$)/i.exec(endpoint.slice(0, 300))
  if (port === null) return []
  const given = port[1] ?? port[2]!
  return [
    {
      about: 'host.port',
      strength: 'fair',
      message: `The endpoint URL names the scheme's own port "${given}", which HTTP libraries leave out of the Host header.`,
      values: { port: given.slice(1) },
    },
  ]
}

function regionHints(text: string, { assignments, start }: ShellCommand): readonly Hint[] {
  const before = text.slice(Math.max(0, start - 2000), start)
  const empty =
    assignments.find(([name, value]) => REGION.test(name) && value === '')?.[0] ??
    /^(?:export )?(AWS_(?:DEFAULT_)?REGION)=[ \t]*\r?$/m.exec(before)?.[1]
  return empty === undefined
    ? []
    : [{ about: 'region-mismatch', strength: 'fair', message: `${empty} is set to an empty value.`, values: { signed: '' } }]
}

/** A key that begins with "/" stands in the path as "//", which proxies and servers fold. */
function keyHints(command: ShellCommand): readonly Hint[] {
  const key =
    option(command, '--key') ??
    /^s3:\/\/[^/]{1,300}\/(\/.{0,1000})$/.exec(command.words.find((word) => /^s3:\/\/[^/]+\/\//.test(word)) ?? '')?.[1]
  if (key === undefined || !/^\/|\/\/|(?:^|\/)\.{1,2}\//.test(key)) return []
  return [
    {
      about: 'path-normalized',
      strength: 'fair',
      message: `The key "${key}" puts an empty or dot segment into the path, which a normalizing server or proxy folds.`,
      values: { key },
    },
  ]
}

/** `aws s3 presign` signs GET; a curl command after it that sends another method does not fit. */
function presignHints(text: string, others: readonly Sent[], { words, end }: ShellCommand): readonly Hint[] {
  if (!words.includes('s3') || !words.includes('presign')) return []
  const other = others.find((one) => one.start >= end && one.method !== 'GET')?.method
  if (other === undefined && /\b(?:uploads?|uploading|PUT|POST)\b/.test(text.slice(end, end + 4000)))
    return [
      {
        about: 'method-changed',
        strength: 'fair',
        message: 'aws s3 presign signs a GET, and the text speaks of an upload.',
        values: { signed: 'GET' },
      },
    ]
  if (other === undefined) return []
  return [
    {
      about: 'method-changed',
      strength: 'strong',
      message: `aws s3 presign signs a GET, and curl sends ${other}.`,
      values: { signed: 'GET', sent: other },
    },
  ]
}

function option({ words }: ShellCommand, name: string): string | undefined {
  const at = words.indexOf(name)
  return at < 0 ? words.find((word) => word.startsWith(name + '='))?.slice(name.length + 1) : words[at + 1]
}

const REGION = /^AWS_(?:DEFAULT_)?REGION$/
