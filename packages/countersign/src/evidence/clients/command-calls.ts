/**
 * Commands that presign, sign or send, as views of what they ask for: curl without an address that can be told, wget, HTTPie,
 * PowerShell, `aws s3 presign`, s3cmd and mc. What a curl command line sends is a request, and curl-command reads it.
 */
import type { CallView, EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { type CommandName, MOST_SCANNED, Program, type ShellCommand, shellCommands, urlParts } from '../../text/index.js'
import { curlCalls } from './curl-command.js'

export const commandCalls: EvidenceReader = {
  id: 'command-calls',
  reads: 'commands that presign, sign or send (aws s3 presign, curl --aws-sigv4, wget, HTTPie, PowerShell, s3cmd, mc) as calls',
  samples: [
    'aws s3 presign s3://examplebucket/a.csv --expires-in 60\n',
    'curl --aws-sigv4 "aws:amz:us-east-1:es" --user "$ID:$SECRET" "https://$HOST/_search"\n',
    "Invoke-RestMethod -Method Put -Uri $url -InFile a.png -ContentType 'image/png'\n",
  ],
  recognize: (text) => COMMAND.test(text),
  read,
}

type ViewOf = (words: readonly string[], text: string) => Omit<CallView, 'callee' | 'allHeaders'> | undefined

function read({ name, text }: EvidenceSource): readonly Observation[] {
  if (!COMMAND.test(text)) return []
  const found = (start: number, end: number, callee: string, view: ReturnType<ViewOf>): readonly Observation[] =>
    view === undefined
      ? []
      : [{ kind: 'call', call: { ...view, callee, allHeaders: true }, location: { source: name, start, end }, fidelity: 'inferred' }]
  const others = COMMANDS.flatMap(([command, viewOf]) =>
    shellCommands(text, command).flatMap(({ words, start, end }: ShellCommand) =>
      found(start, end, words[0]!, viewOf(words.slice(1), text)),
    ),
  )
  const curls = curlCalls(text).flatMap((call): readonly Observation[] => {
    const [url] = call.urls
    const known = url !== undefined && urlParts(url) !== undefined
    const [, , region, service] = call.sigv4?.split(':') ?? []
    if (known && call.sigv4 === undefined) return []
    return found(call.start, call.end, 'curl', {
      does: call.sigv4 === undefined ? 'sends' : 'signs',
      api: 'curl',
      method: call.method,
      ...(known && { url }),
      ...(region && { region }),
      ...(service && { service }),
      headers: call.headers.map(([name, value]) => [name.toLowerCase(), value] as const),
    })
  })
  return [...others, ...curls].sort((a, b) => a.location.start - b.location.start)
}

const COMMANDS: readonly (readonly [name: CommandName, view: ViewOf])[] = [
  ['aws', awsView],
  ['wget', wgetView],
  ['https?', httpieView],
  ['Invoke-(?:RestMethod|WebRequest)', invokeView],
  ['Get-S3PreSignedURL', presignedView],
  ['s3cmd', s3cmdView],
]

function awsView(words: readonly string[]): ReturnType<ViewOf> {
  const named = optionOf(words, 'region')
  const region = named === undefined ? {} : { region: named }
  const endpoint = optionOf(words, 'endpoint-url')
  const at = words.indexOf('presign')
  const object = words.map(s3Object).find((one) => one !== undefined)
  const method = at < 0 ? (words.includes('s3') ? S3_METHODS[words[words.indexOf('s3') + 1] ?? ''] : undefined) : 'GET'
  if (at < 0 && named === undefined && endpoint === undefined && object === undefined) return undefined
  return {
    does: at < 0 ? 'asks' : 'presigns',
    api: 'aws-cli',
    ...region,
    ...(endpoint !== undefined && { endpoint }),
    ...(method !== undefined && { method }),
    ...object,
    headers: [],
  }
}

/** `s3://bucket/key`. */
function s3Object(word: string): { readonly bucket: string; readonly key?: string } | undefined {
  const match = /^s3:\/\/([^/$<{]{1,300})(?:\/(.{1,1000}))?$/.exec(word)
  return match === null ? undefined : { bucket: match[1]!, ...(match[2] !== undefined && { key: match[2] }) }
}

function wgetView(words: readonly string[]): ReturnType<ViewOf> {
  const sends = words.some((word) => /^--(?:body|post)-(?:data|file)/.test(word))
  const headers = words.flatMap((word, i) =>
    headerIn(/^--header=(.*)$/s.exec(word)?.[1] ?? (word === '--header' ? words[i + 1] : undefined)),
  )
  return {
    does: 'sends',
    api: 'wget',
    method: optionOf(words, 'method')?.toUpperCase() ?? (sends ? 'POST' : 'GET'),
    ...urlIn(words),
    headers,
  }
}

function httpieView(words: readonly string[]): ReturnType<ViewOf> {
  const method = words.find((word) => /^(?:GET|PUT|POST|DELETE|HEAD|PATCH)$/.test(word))
  if (method === undefined) return undefined
  return {
    does: 'sends',
    api: 'httpie',
    method,
    ...urlIn(words),
    headers: words.flatMap((word) => (/^[A-Za-z-]{2,60}:[^/]/.test(word) ? headerIn(word) : [])),
  }
}

function invokeView(words: readonly string[], text: string): ReturnType<ViewOf> {
  const type = optionOf(words, 'ContentType')
  const given = words[words.findIndex((word) => /^-headers$/i.test(word)) + 1] ?? ''
  return {
    does: 'sends',
    api: 'powershell',
    method: optionOf(words, 'Method')?.toUpperCase() ?? 'GET',
    ...urlIn(words),
    headers: [
      ...(type === undefined ? [] : [['content-type', type] as const]),
      ...(given.startsWith('$') ? headersOf(text, given.slice(1)) : []),
    ],
  }
}

/** A table of headers that a variable holds. */
function headersOf(text: string, variable: string): CallView['headers'] {
  const program = new Program(text.slice(0, MOST_SCANNED))
  const { members } = program.membersOf({ kind: 'name', name: variable, at: text.length })
  return members.flatMap(({ path, value }) => headerIn(`${path.at(-1)!}: ${program.textOf(value)}`))
}

function presignedView(words: readonly string[]): ReturnType<ViewOf> {
  const [bucket, key] = [optionOf(words, 'BucketName'), optionOf(words, 'Key')]
  return {
    does: 'presigns',
    api: 'powershell',
    method: optionOf(words, 'Verb')?.toUpperCase() ?? 'GET',
    ...(bucket !== undefined && { bucket }),
    ...(key !== undefined && { key }),
    headers: [],
  }
}

function s3cmdView(words: readonly string[]): ReturnType<ViewOf> {
  const object = words.map(s3Object).find((one) => one !== undefined)
  if (object === undefined) return undefined
  const presigns = words.includes('signurl')
  return { does: presigns ? 'presigns' : 'asks', api: 's3cmd', ...(presigns && { method: 'GET' }), ...object, headers: [] }
}

/** `--name value`, `--name=value`, `-Name value`. */
function optionOf(words: readonly string[], name: string): string | undefined {
  const at = words.findIndex((word) => word.replace(/^--?/, '').toLowerCase() === name.toLowerCase() && word.startsWith('-'))
  const value = at < 0 ? words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) : words[at + 1]
  return value === undefined || /^[$<{]/.test(value) || value === '' ? undefined : value
}

function urlIn(words: readonly string[]): { readonly url?: string } {
  const url = words.find((word) => urlParts(word) !== undefined)
  return url === undefined ? {} : { url }
}

function headerIn(text: string | undefined): readonly (readonly [string, string])[] {
  const match = /^([A-Za-z][\w-]{0,80}): ?(.*)$/s.exec(text ?? '')
  return match === null ? [] : [[match[1]!.toLowerCase(), match[2]!]]
}

const S3_METHODS: Readonly<Record<string, string>> = { ls: 'GET', rm: 'DELETE', mb: 'PUT', rb: 'DELETE' }
const COMMAND = /\b(?:curl|aws|wget|https?|s3cmd)(?:\.exe)?[ \t]|Invoke-(?:RestMethod|WebRequest)|Get-S3PreSignedURL/i
