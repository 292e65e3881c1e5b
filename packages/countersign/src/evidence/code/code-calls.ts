/**
 * Calls of SDKs and HTTP libraries in programs, as views of the requests they ask for. One tokenizer and one table for all languages;
 * values are followed through simple assignments and through the members of maps, builders and requests.
 */
import type { CallView, CredentialPart, EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { settingKind } from '../../credentials/index.js'
import { type Expression, isClosed, MOST_SCANNED, OPEN, Program, type ProgramCall, type ProgramMember } from '../../text/index.js'
import { CALL_TABLE, type CallRow, HEADER_MEMBERS, MEMBER_NAMES, METHODS, SETS_HEADER, type Where } from './call-table.js'

export const codeCalls: EvidenceReader = {
  id: 'code-calls',
  reads: 'calls of SDKs and HTTP libraries in programs: the method, address, headers, key and scope they ask for',
  samples: [
    "url = s3.generate_presigned_url('put_object', Params={'Bucket': 'examplebucket', 'Key': 'a.txt', 'ContentType': 'text/plain'})\nrequests.put(url, data=body)\n",
    "const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: 'examplebucket', Key: 'a.txt' }))\nawait fetch(url, { method: 'PUT', body: file })\n",
    'var request = new GetPreSignedUrlRequest { BucketName = "examplebucket", Verb = HttpVerb.PUT };\nvar url = client.GetPreSignedURL(request);\n',
  ],
  recognize: (text) => NAMED.test(text.slice(0, MOST_SCANNED)),
  read,
}

function read({ name, text }: EvidenceSource): readonly Observation[] {
  const scanned = text.slice(0, MOST_SCANNED)
  if (!NAMED.test(scanned)) return []
  const program = new Program(scanned)
  const found: { readonly call: ProgramCall; readonly view: CallView }[] = []
  const setters: ProgramCall[] = []
  // What looks at the whole text does so once.
  const rows = CALL_TABLE.filter(({ needs }) => needs === undefined || needs.test(scanned))
  const provided = PROVIDED.test(scanned)
  const known = (call: ProgramCall): CallRow | undefined => rows.find(({ match }) => match.test(call.callee))
  for (const whole of program.calls) {
    // In `put(url).then(show)` it is the call before the last one that sends.
    const call = known(whole) === undefined ? (chainedCalls(whole).find((one) => known(one) !== undefined) ?? whole) : whole
    const row = known(call)
    if (row !== undefined) found.push({ call, view: viewOf(program, call, row, provided) })
    else if (SETS_HEADER.test(call.callee)) setters.push(call)
  }
  return withSetters(program, merged(found), setters).map(({ call, view }) => ({
    kind: 'call',
    call: view,
    location: { source: name, start: call.start, end: Math.max(call.start, Math.min(call.end, scanned.length)) },
    fidelity: 'inferred',
  }))
}

interface Found {
  readonly call: ProgramCall
  readonly view: CallView
}

/** The calls on the way to the last one of a chain. */
function chainedCalls({ entries }: ProgramCall): readonly ProgramCall[] {
  return entries.flatMap(({ value, chained }) => (chained === true && value.kind === 'call' ? [value.call] : []))
}

/** What stands in another call is told of that one: a command that is presigned is not asked for as well. */
function merged(found: readonly Found[]): readonly Found[] {
  const presigned = new Set(found.flatMap(({ view }) => (view.does === 'presigns' ? [view.operation] : [])))
  const until = new Map<CallView['does'], number>()
  return found.filter(({ call, view }) => {
    const inside = call.end <= (until.get(view.does) ?? -1)
    if (!inside) until.set(view.does, call.end)
    return !inside && (view.does !== 'asks' || !presigned.has(view.operation))
  })
}

/** A header that is set by a call of its own belongs to the request made before it, or else to the first behind it. */
function withSetters(program: Program, found: readonly Found[], setters: readonly ProgramCall[]): readonly Found[] {
  const sends = found.filter(({ view }) => view.does === 'sends')
  const owned = new Map<Found, (readonly [string, string | undefined])[]>()
  let next = 0
  for (const call of setters) {
    while (next < sends.length && sends[next]!.call.start < call.start) next++
    const [first, second] = call.entries.slice(0, 2)
    const turned = second?.name !== undefined && /field|name/i.test(second.name)
    const [name, value] = (turned ? [second, first] : [first, second]).map((entry) =>
      entry === undefined ? undefined : program.textOf(entry.value),
    )
    const owner = sends[next - 1] ?? sends[0]
    if (owner === undefined || name === undefined || !HEADER_NAME.test(name)) continue
    const header = [name.toLowerCase(), value !== undefined && isClosed(value) ? value : undefined] as const
    const list = owned.get(owner)
    if (list === undefined) owned.set(owner, [header])
    else if (list.length < MOST_HEADERS) list.push(header)
  }
  return found.map((one) => {
    const more = owned.get(one)
    return more === undefined ? one : { ...one, view: { ...one.view, headers: [...one.view.headers, ...more] } }
  })
}

function viewOf(program: Program, call: ProgramCall, row: CallRow, provided: boolean): CallView {
  const url = row.url === undefined ? undefined : argumentAt(program, call, row.url)
  const entries = call.entries.filter(({ value }) => value !== url)
  const own = program.membersOf({ kind: 'call', call: { ...call, entries }, at: call.start })
  const { unknown } = own
  const members = [...own.members, ...settingsOf(program, call, row)]
  const all = [...placedMembers(call, row), ...members]
  const known = (names: readonly string[]): string | undefined => closed(program, firstMember(all, names))
  const operation = operationOf(program, call, row)
  const address = url === undefined ? undefined : closed(program, url)
  const credentials = handedOf(program, all)
  const method = methodOf(program, call, row, operation, all)
  const headers = headersOf(program, members)
  const body = bodyOf(program, all)
  const metadata = members.filter(({ path }) => isMetadata(path)).map(({ path }) => path.at(-1)!)
  return {
    does: row.does,
    api: row.api,
    callee: call.callee,
    ...defined({ operation, method, url: address }),
    ...defined({ bucket: partOf(program, firstMember(all, MEMBER_NAMES.bucket)), key: known(MEMBER_NAMES.key) }),
    ...defined({ region: known(MEMBER_NAMES.region), service: known(MEMBER_NAMES.service), endpoint: known(MEMBER_NAMES.endpoint) }),
    headers,
    allHeaders: !unknown.some((name) => MAY_HOLD_HEADERS.test(name)) && !hasOpenHeaders(program, members),
    ...(metadata.length > 0 && { metadata }),
    ...(body !== undefined && { body }),
    ...(credentials.length > 0 && { handed: credentials }),
    ...(provided && { provided: true as const }),
  }
}

/** What is set afterwards in the variable that keeps the request; what the receiver was made of, where the call is the receiver's. */
function settingsOf(program: Program, call: ProgramCall, row: CallRow): readonly ProgramMember[] {
  const kept = program.variableOf(call)
  const ofKept = kept === undefined || row.does !== 'sends' ? [] : program.settingsOf(kept)
  return row.receiver === true ? [...ofKept, ...program.membersOf(receiverOf(call)).members] : ofKept
}

function receiverOf(call: ProgramCall): Expression {
  return { kind: 'name', name: call.callee.split('.', 1)[0]!, at: call.start }
}

/** Arguments by their places, under the names that the row gives them. */
function placedMembers(call: ProgramCall, { places = [] }: CallRow): readonly ProgramMember[] {
  const own = call.entries.filter(({ name }) => name === undefined)
  return places.flatMap((name, i) => (own[i] === undefined ? [] : [{ path: [name], value: own[i].value }]))
}

function argumentAt(program: Program, call: ProgramCall, where: Where): Expression | undefined {
  if (typeof where === 'number') return call.entries.filter(({ name }) => name === undefined)[where]?.value
  const named = call.entries.find(({ name }) => name !== undefined && where.includes(plain(name)))?.value
  return named ?? firstMember(program.membersOf({ kind: 'call', call, at: call.start }).members, where)
}

/** The last of the members with a name: a setting that is set again counts as it is then. */
function firstMember(members: readonly ProgramMember[], names: readonly string[]): Expression | undefined {
  for (const name of names) {
    const found = members.find(({ path }) => plain(path.at(-1)!) === plain(name))
    if (found !== undefined) return found.value
  }
  return undefined
}

/** A text of which all is known. */
function closed(program: Program, value: Expression | undefined): string | undefined {
  const text = value === undefined ? undefined : program.textOf(value)
  return text !== undefined && text !== '' && isClosed(text) && !/^<.*>$/.test(text) ? text : undefined
}

/** A text of which something is known: what is filled in stands as "{}". */
function partOf(program: Program, value: Expression | undefined): string | undefined {
  const text = value === undefined ? '' : program.textOf(value)
  const shown = text.replaceAll(OPEN, '{}')
  return shown.replaceAll('{}', '') === '' ? undefined : shown
}

function operationOf(program: Program, call: ProgramCall, row: CallRow): string | undefined {
  const grouped = row.match
    .exec(call.callee)
    ?.slice(1)
    .find((group) => group !== undefined)
  if (row.operation !== undefined) {
    const value =
      argumentAt(program, call, row.operation) ?? (row.places === undefined ? undefined : argumentAt(program, call, row.places.slice(0, 1)))
    const text = closed(program, value)
    if (text !== undefined && /^\w{2,40}$/.test(text)) return text
  } else if (row.method === 'operation' && grouped !== undefined) return grouped
  const command = call.entries
    .map(({ value }) => program.resolved(value))
    .find((value) => value.kind === 'call' && COMMAND.test(value.call.callee))
  return command?.kind === 'call' ? COMMAND.exec(command.call.callee)?.[1] : undefined
}

function methodOf(
  program: Program,
  call: ProgramCall,
  row: CallRow,
  operation: string | undefined,
  members: readonly ProgramMember[],
): string | undefined {
  if (row.method === undefined) return undefined
  if (row.method === 'callee')
    return row.match
      .exec(call.callee)
      ?.slice(1)
      .find((group) => group !== undefined)
      ?.toUpperCase()
  if (row.method === 'operation') return operation === undefined ? undefined : METHODS.find(([start]) => start.test(operation))?.[1]
  if (typeof row.method === 'string') return row.method
  const at = row.method.at
  const value = typeof at === 'number' ? argumentAt(program, call, at) : firstMember(members, at)
  const shown = value === undefined ? undefined : value.kind === 'name' ? (closed(program, value) ?? value.name) : closed(program, value)
  const verb = /(?:^|[._])(GET|PUT|POST|DELETE|HEAD|PATCH)$/i.exec(shown ?? '')?.[1]?.toUpperCase()
  const implied = METHODS.find(([start]) => /_/.test(shown ?? '') && start.test(shown ?? ''))?.[1]
  const anywhere = call.entries
    .map((entry) => closed(program, entry.value))
    .find((text) => text !== undefined && /^(?:GET|PUT|POST|DELETE|HEAD|PATCH)$/.test(text))
  // What names no method is a GET where a library is asked to send; otherwise nothing is known.
  return (
    verb ??
    implied ??
    anywhere ??
    (value !== undefined || row.does !== 'sends' || call.entries.length === 0
      ? undefined
      : (row.otherwise ?? (row.url === 0 ? 'GET' : undefined)))
  )
}

/** Members that are headers: below "headers", by a name that is one, or by the name of a parameter that becomes one. */
function headersOf(program: Program, members: readonly ProgramMember[]): CallView['headers'] {
  const found = new Map<string, string | undefined>()
  for (const { path, value } of members) {
    const name = path.at(-1)!
    const below = path.length > 1 && /headers?$/i.test(path.at(-2)!)
    const metadata = isMetadata(path)
    const parameter = HEADER_MEMBERS[plain(name)]
    const header = metadata
      ? `x-amz-meta-${name.toLowerCase()}`
      : (below && (/-/.test(name) || ONE_WORD.test(name))) || /^[A-Za-z]+(?:-[A-Za-z0-9]+)+$/.test(name)
        ? name.toLowerCase()
        : parameter
    if (header === undefined || !HEADER_NAME.test(header)) continue
    const text = closed(program, value)
    if (!found.has(header) || text !== undefined) found.set(header, text)
  }
  return [...found]
}

function isMetadata(path: readonly string[]): boolean {
  return path.length > 1 && /^(?:set|with)?metadata$/i.test(path.at(-2)!) && /^[\w-]{1,60}$/.test(path.at(-1)!)
}

/** Whether headers come from what the text does not show. */
function hasOpenHeaders(program: Program, members: readonly ProgramMember[]): boolean {
  return members.some(
    ({ path, value }) => /^headers?$/i.test(path.at(-1)!) && ['name', 'call', 'other'].includes(program.resolved(value).kind),
  )
}

function bodyOf(program: Program, members: readonly ProgramMember[]): CallView['body'] {
  const body = members.find(({ path }) => /^(?:body|data|content|json|files|multipart)$/i.test(path.at(-1)!))
  if (body === undefined) return undefined
  const value = program.resolved(body.value)
  const form = value.kind === 'call' && /FormData|MultipartForm/i.test(value.call.callee)
  return form || /^(?:files|multipart)$/i.test(body.path.at(-1)!) ? 'form' : 'given'
}

/** Which parts of credentials are handed over, by the names of what is handed over. */
function handedOf(program: Program, members: readonly ProgramMember[]): readonly CredentialPart[] {
  const parts = new Set<CredentialPart>()
  for (const { path, value } of members) {
    const name = value.kind === 'name' ? settingKind(value.name) : undefined
    const kind = settingKind(path.at(-1)!) ?? name
    const text = closed(program, value)
    if ((kind === 'id' || kind === 'secret' || kind === 'token') && text !== 'null' && text !== 'None') parts.add(kind)
  }
  return [...parts]
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^(?:set|with)(?=\w{3})/, '')
}

function defined<Values extends Readonly<Record<string, string | undefined>>>(
  values: Values,
): { readonly [Name in keyof Values]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof Values]?: string
  }
}

/** What a variable that holds headers, or what becomes headers, is called; `...more` too. */
const MAY_HOLD_HEADERS = /header|option|config|param|init|input|args|request|command|cmd|extra|more|rest|props/i
const MOST_HEADERS = 100
const HEADER_NAME = /^[A-Za-z][\w-]{1,80}$/
const ONE_WORD = /^(?:accept|authorization|connection|date|expect|host|range|te|upgrade|via|baggage|traceparent|tracestate)$/i
const COMMAND = /(?:^|\.)(\w{2,40}?)(?:Command|Input)$/
const PROVIDED =
  /get_credentials\(|assume_?role|fromNodeProviderChain|defaultProvider|DefaultCredentialsProvider|fromTemporaryCredentials|InstanceProfileCredentials/i
/** Any of the names of the table: most texts hold none. */
const NAMED =
  /[pP]resign|[sS]igned_?[uU](?:rl|RL)|PreSigned|generate_url|temporaryU|getCommand|\baws4\b|aws\w{0,20}\.(?:fetch|sign)\b|AWS4Auth|AWSRequests?Auth|SigV4|SignatureV4|Sigv4|AWSRequest|[sS]ign_?[rR]equest|createPresigned|signer\w{0,6}\.|boto|Minio|minio|Client\b|Command\(|_object|Object\(|(?:up|down)load_?\w{0,10}\(|multipart_?upload|XMLHttp|xhr|fetch\(|axios|\.ajax|requests\.|httpx|urllib|session\.|Net::HTTP|HTTParty|RestClient|Faraday|[Gg]uzzle|curl_setopt|NewRequest|Http(?:Put|Get|Post|Request)|setRequestMethod|WebRequest|URLRequest|AF\.|dio\.|http\.|reqwest|client(?:\.|->)|Request\.Builder|HttpRequest|aws_|AWS\.|aws\.Config|setMethod/
