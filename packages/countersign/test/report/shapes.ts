/** What a report of a format must be, whatever it says. */
import assert from 'node:assert/strict'

/** Every element of a page is closed, in order, and no angle bracket is left over. */
export function assertClosed(html: string): void {
  const open: string[] = []
  const body = html.replace(/<style>[\s\S]*?<\/style>/, '')
  for (const [, slash, name] of body.matchAll(/<(\/?)([a-z0-9]+)(?:\s[^<>]*)?>/g)) {
    if (/^(?:meta|br)$/.test(name!)) continue
    if (slash === '') open.push(name!)
    else assert.equal(open.pop(), name)
  }
  assert.deepEqual(open, [])
  assert.doesNotMatch(body.replace(/<!?\/?[a-z0-9]+(?:\s[^<>]*)?>/gi, ''), /[<>]/)
}

/** An element of XML, as a reader of it has it. */
export interface XmlElement {
  readonly name: string
  readonly depth: number
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
}

/** The elements of a document in their order; throws where it is not well-formed. */
export function xmlElements(xml: string): readonly XmlElement[] {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
  assert.ok(xml.startsWith(declaration))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML 1.0 cannot hold is looked for
  assert.doesNotMatch(xml, /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/)
  assert.ok(Buffer.from(xml, 'utf8').toString('utf8') === xml, 'a surrogate without its other half')
  const value = (text: string): string => {
    assert.doesNotMatch(text, /[<>]|&(?!#\d+;)/)
    return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
  }
  const open: string[] = []
  const elements: XmlElement[] = []
  let rest = xml.slice(declaration.length)
  while (rest.trim() !== '') {
    const [tag, slash, name, given, empty] = /^\s*<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/.exec(rest) ?? assert.fail(rest.slice(0, 80))
    rest = rest.slice(tag.length)
    if (slash === '/') {
      assert.equal(open.pop(), name)
      continue
    }
    const text = /^[^<]*/.exec(rest)![0]
    const attributes = Object.fromEntries([...given!.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key, of]) => [key!, value(of!)]))
    elements.push({ name: name!, depth: open.length, attributes, text: value(text).trim() })
    if (empty === '/') continue
    open.push(name!)
    rest = rest.slice(text.length)
  }
  assert.deepEqual(open, [])
  return elements
}

/** An annotation as GitHub's runner takes it from a line. */
export interface Annotation {
  readonly command: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

/**
 * The annotations of an output, turned back as the runner does; throws where a line is none.
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function annotationsOf(output: string): readonly Annotation[] {
  const back = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n')
  return output
    .slice(0, -1)
    .split('\n')
    .map((line) => {
      assert.doesNotMatch(line, /\r/)
      const [, command, given, message] = /^::(error|warning|notice) (.*?)::(.*)$/.exec(line) ?? assert.fail(line)
      const properties = given!.split(',').map((one) => {
        const [, name, of] = /^(file|line|title)=([^:,]*)$/.exec(one) ?? assert.fail(one)
        return [name!, back(of!).replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%')]
      })
      return { command: command!, properties: Object.fromEntries(properties), message: back(message!).replaceAll('%25', '%') }
    })
}

/**
 * What version 2.1.0 of SARIF requires of a log, and what code hosts require beyond it.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 */
export function assertSarif(text: string): void {
  const log = JSON.parse(text)
  assert.equal(log.version, '2.1.0')
  assert.deepEqual(Object.keys(log).sort(), ['$schema', 'runs', 'version'])
  for (const run of log.runs) {
    assert.equal(typeof run.tool.driver.name, 'string')
    const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id)
    assert.equal(new Set(ids).size, ids.length)
    for (const { executionSuccessful } of run.invocations) assert.equal(executionSuccessful, true)
    for (const artifact of run.artifacts ?? []) assert.match(artifact.location.uri, URI)
    for (const result of run.results) {
      assert.equal(result.ruleId, ids[result.ruleIndex])
      assert.ok(['none', 'note', 'warning', 'error'].includes(result.level))
      assert.equal(result.kind === 'fail', result.level !== 'none')
      assert.equal(typeof result.message.text, 'string')
      for (const { physicalLocation } of [...result.locations, ...(result.relatedLocations ?? [])]) {
        assert.match(physicalLocation.artifactLocation.uri, URI)
        const { region } = physicalLocation
        assert.ok(region === undefined || (region.byteOffset >= 0 && region.byteLength >= 0))
      }
    }
  }
}

const URI = /^(?:file:\/\/\/(?:[A-Z]:\/)?)?[A-Za-z0-9._~%-][A-Za-z0-9._~/%-]*$/

/** A JSON schema, as far as ours uses the language. */
export interface Schema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minimum?: number
  readonly minItems?: number
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

/** What of a value is not as the schema says; a key that the schema does not name counts too. */
export function schemaProblems(schema: Schema, value: unknown, root: Schema = schema, at = '$'): string[] {
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')]
    return target === undefined ? [`${at}: no ${schema.$ref}`] : schemaProblems(target, value, root, at)
  }
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value
  if (schema.type !== undefined && ![schema.type].flat().includes(type)) return [`${at}: ${type}, not ${schema.type}`]
  if ('const' in schema && value !== schema.const) return [`${at}: not ${schema.const}`]
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${at}: ${value} is not listed`]
  if (typeof value === 'string') return schema.pattern === undefined || new RegExp(schema.pattern).test(value) ? [] : [`${at}: ${value}`]
  if (typeof value === 'number') return value < (schema.minimum ?? value) ? [`${at}: too small`] : []
  if (Array.isArray(value)) {
    const few = value.length < (schema.minItems ?? 0) ? [`${at}: too few`] : []
    return [...few, ...value.flatMap((item, i) => schemaProblems(schema.items ?? {}, item, root, `${at}[${i}]`))]
  }
  if (typeof value !== 'object' || value === null) return []
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(value, key)).map((key) => `${at}: no ${key}`)
  const inside = Object.entries(value).flatMap(([key, item]) => {
    const of = schema.properties?.[key]
    return of === undefined ? [`${at}: ${key} is not documented`] : schemaProblems(of, item, root, `${at}.${key}`)
  })
  return [...missing, ...inside]
}
