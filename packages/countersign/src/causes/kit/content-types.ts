/**
 * Which Content-Type may have been signed where another arrived, or none: browsers and tools guess it from a file's extension.
 * @see https://developer.mozilla.org/en-US/docs/Web/API/Blob/type
 * @see https://docs.python.org/3/library/mimetypes.html
 */
import { type CaseFile, cluesFor, isSigned, settingsOf } from '../../case/index.js'
import { CONTENT_TYPES, type Subject, TYPES_OF_EXTENSION } from '../../catalog/index.js'
import { canonicalHeaderValue, canonicalRequestPart, signedHeaderValue, uriDecode } from '../../sigv4/index.js'
import type { Match } from './cause.js'
import type { Fix } from './explanation.js'
import { headerDifferences } from './header-differences.js'
import { type Candidate, SEARCH_ONLY } from './suspicion.js'

/** The types that the evidence points to: those written in it, then those of the extensions of the path and of the keys. */
export function typesPointedTo(file: CaseFile): readonly string[] {
  return [...new Set([...typesWritten(file), ...typesOfNames(file)])].slice(0, MOST_POINTED_TO)
}

/**
 * The types that only a signature can tell apart: every common one. None where no signature is known. They are tested alone: together
 * with every other edit they would take the budget from likelier sets.
 */
export function* commonTypes<Params>(file: CaseFile, now: string, paramsOf: (type: string) => Params): Iterable<Candidate<Params>> {
  if (!isSigned(file)) return
  // Another charset of the same type has its own cause.
  for (const type of CONTENT_TYPES) if (bare(type) !== bare(now)) yield { params: paramsOf(type), weight: SEARCH_ONLY, alone: true }
}

/** How the user of a presigned URL sends the type that was signed, or how the one that is sent is signed; nothing where that one is only a guess. */
export function contentTypeFixes(
  { file, verifier }: Match<unknown>,
  values: readonly (readonly [string, string | undefined])[],
): readonly Fix[] {
  const inputs = verifier ?? file.inputsSeen
  const known = values.find(([name]) => name === HEADER)?.[1]
  // Who signs headers sends them: then a hop has changed it.
  const isKnown = known !== undefined && inputs?.authentication === 'query' && isType(known) && isShown(file, known)
  const signed = isKnown ? known : typeOfPresigner(file)
  if (signed === undefined || !isType(signed)) return isNamed(file) ? openTypeFixes(file) : []
  const sent = inputs === undefined ? undefined : signedHeaderValue(inputs, HEADER)
  return [
    { title: `send the Content-Type that was signed, "${signed}", and not one that is guessed from the file`, applicability: 'exact' },
    ...typeInClients(file, signed),
    {
      title: `send the Content-Type that was signed, "${signed}", and do not let the client guess it from the file`,
      applicability: 'exact',
      command: `curl -X PUT -H 'Content-Type: ${signed}' --data-binary '@<file>' '<presigned URL>'`,
      appliesTo: ['curl'],
    },
    {
      title: `send the Content-Type that was signed, "${signed}", in place of the one the browser takes from the file`,
      applicability: 'exact',
      command: `fetch(url, { method: 'PUT', headers: { 'Content-Type': '${signed}' }, body: new Blob([file], { type: '${signed}' }) })`,
      appliesTo: ['javascript'],
    },
    {
      title: `send the Content-Type that was signed: "${signed}"`,
      applicability: 'exact',
      command: `requests.put(url, data=body, headers={'Content-Type': '${signed}'})`,
      appliesTo: ['python'],
    },
    ...(sent === undefined || !isType(sent)
      ? []
      : [{ title: `or sign the Content-Type that the client sends: "${sent}"`, applicability: 'maybe' } as const]),
  ]
}

/** How HTTP libraries are handed the type. */
function typeInClients({ observations }: CaseFile, type: string): readonly Fix[] {
  const title = `send the Content-Type that was signed: "${type}"`
  // What presigns may be another program than what sends.
  const senders = new Set(observations.flatMap((one) => (one.kind === 'call' && one.call.does === 'sends' ? [one.call.api] : [])))
  return CLIENT_CALLS.filter(([subject]) => senders.size === 0 || senders.has(APIS[subject] ?? subject)).map(([appliesTo, command]) => ({
    title,
    applicability: type.startsWith('<') ? 'has-placeholders' : 'exact',
    command: command(type),
    appliesTo: [appliesTo],
  }))
}

const CLIENT_CALLS: readonly (readonly [Subject, (type: string) => string])[] = [
  ['axios', (type) => `axios.put(url, body, { headers: { 'Content-Type': '${type}' } })`],
  ['alamofire', (type) => `AF.upload(data, to: url, method: .put, headers: ["Content-Type": "${type}"])`],
  ['swift', (type) => `request.setValue("${type}", forHTTPHeaderField: "Content-Type")`],
  ['go', (type) => `req.Header.Set("Content-Type", "${type}")`],
  ['okhttp', (type) => `Request.Builder().url(url).put(bytes.toRequestBody("${type}".toMediaType())).build()`],
  ['java', (type) => `HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "${type}").PUT(body).build()`],
  ['guzzle', (type) => `$client->put($url, ['body' => $body, 'headers' => ['Content-Type' => '${type}']]);`],
  ['php', (type) => `curl_setopt($ch, CURLOPT_HTTPHEADER, ['Content-Type: ${type}']);`],
  ['ruby', (type) => `request['Content-Type'] = '${type}'`],
  ['dotnet', (type) => `content.Headers.ContentType = MediaTypeHeaderValue.Parse("${type}");`],
  ['powershell', (type) => `Invoke-RestMethod -Method Put -Uri $url -InFile <file> -ContentType '${type}'`],
]

/** The same where no text shows which type was signed. */
function openTypeFixes(file: CaseFile): readonly Fix[] {
  return [
    { title: 'send exactly the Content-Type that the URL was presigned with, and do not leave it to the client', applicability: 'maybe' },
    ...typeInClients(file, '<signed type>'),
  ]
}

/** What the table of calls names otherwise. */
const APIS: Readonly<Partial<Record<Subject, string>>> = {
  swift: 'urlsession',
  go: 'net/http',
  java: 'java-http',
  php: 'curl-php',
  ruby: 'net-http',
  dotnet: 'net-http-client',
}

/** Whether code that sends to a presigned URL leaves the type to its client. */
function isNamed(file: CaseFile): boolean {
  return [...cluesFor(file, 'header-changed-in-transit'), ...cluesFor(file, 'header.changed')].some(
    ({ values }) => values['header'] === HEADER && values['sender'] === 'client',
  )
}

/** With the key only what gives the signature is explained; without it both texts, or the call that presigns, have to show the value. */
function isShown(file: CaseFile, signed: string): boolean {
  const tested = file.inputs?.key !== undefined && isSigned(file) && file.inputsFrom !== 'signer'
  const presigned = file.observations.some(
    (one) =>
      one.kind === 'call' && one.call.does === 'presigns' && one.call.headers.some(([name, value]) => name === HEADER && value === signed),
  )
  return tested || presigned || (headerDifferences(file) ?? []).some((one) => one.name === HEADER && one.signed === signed)
}

/** The type that the code presigns with, where it presigns with one: it stands in the operation, or in the call that presigns it. */
function typeOfPresigner(file: CaseFile): string | undefined {
  const calls = file.observations.flatMap((seen) => (seen.kind === 'call' ? [seen.call] : []))
  if (!calls.some(({ does }) => does === 'presigns') && !isNamed(file)) return undefined
  const presigned = calls.flatMap(({ does, headers }) => (does === 'presigns' || does === 'asks' ? headers : []))
  const types = new Set(presigned.flatMap(([name, value]) => (name === HEADER && value !== undefined ? [value] : [])))
  return types.size === 1 ? [...types][0] : undefined
}

function typesWritten(file: CaseFile): readonly string[] {
  const written = file.observations.flatMap((seen): readonly (string | undefined)[] => {
    if (seen.kind === 'call') return seen.call.headers.flatMap(([name, value]) => (name === HEADER ? [value] : []))
    if (seen.kind === 'told' && seen.told.name === HEADER) return [seen.told.value]
    return []
  })
  const settings = settingsOf(file).flatMap(({ written, value }) => (written === HEADER ? [value] : []))
  return [...written, ...settings].flatMap((value) =>
    value !== undefined && isType(canonicalHeaderValue(value)) ? [canonicalHeaderValue(value)] : [],
  )
}

function typesOfNames({ inputsSeen, observations }: CaseFile): readonly string[] {
  const path = inputsSeen === undefined ? '' : uriDecode(canonicalRequestPart(inputsSeen, 'canonical-uri'))
  const keys = observations.flatMap((seen) => (seen.kind === 'call' && seen.call.key !== undefined ? [seen.call.key] : []))
  return [path, ...keys].flatMap(
    (name) => TYPES_OF_EXTENSION.get(/\.([a-z0-9]{1,12})$/i.exec(name.slice(-20))?.[1]?.toLowerCase() ?? '') ?? [],
  )
}

function bare(type: string): string {
  return type.split(';', 1)[0]!.trim().toLowerCase()
}

/** What no shell and no language reads as anything but a value: evidence is written by others. */
function isType(value: string): boolean {
  return /^[a-z]{3,20}\/[\w.+*-]{1,100}(?:; ?charset=[\w-]{1,20})?$/i.test(value)
}

const HEADER = 'content-type'
const MOST_POINTED_TO = 16
