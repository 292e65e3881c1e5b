/** The JSON output, its schema and its page say the same. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CAUSE_CLASSES } from '../../src/catalog/cause-class.ts'
import { comparedLines } from '../../src/diagnosis/comparison.ts'
import { CAUSES } from '../../src/index.ts'
import { renderJson, SCHEMA_VERSION } from '../../src/report/json.ts'
import { leaky, PROVEN } from './hand-made.ts'
import { type Schema, schemaProblems } from './shapes.ts'

const manual = join(import.meta.dirname, '../../../../docs/manual')
const SCHEMA: Schema = JSON.parse(readFileSync(join(manual, 'diagnosis.schema.json'), 'utf8'))
const PAGE = readFileSync(join(manual, 'json-output.md'), 'utf8')
const problems = (text: string): string[] => schemaProblems(SCHEMA, JSON.parse(text))

test('real output is as the schema says (silence.test.ts holds every golden case to it too)', () => {
  const comparison = { signer: { origin: 'rebuilt' }, verifier: { origin: 'quoted', from: { source: 'x', start: 0, end: 1 } } } as const
  for (const diagnosis of [
    PROVEN,
    leaky(),
    { ...PROVEN, outcome: 'unexplained', findings: [], error: undefined } as const,
    { ...PROVEN, comparison: { ...comparison, lines: comparedLines('GET\n/a\n\nhost:x\n\nhost\ny', 'GET\n/b\n\n\nhost\ny') } },
  ])
    assert.deepEqual(
      problems(renderJson({ ...diagnosis, findings: diagnosis.findings.map((one) => ({ ...one, causes: ['path-encoded-twice'] })) })),
      [],
    )
})

test('facts, which are words for people, are in neither shape', () => {
  const facts = [{ name: 'fact-name', value: 'fact-value', said: 'fact-said' }]
  for (const version of [1, 2] as const) {
    const text = renderJson({ ...PROVEN, facts }, { version })
    assert.doesNotMatch(text, /fact/)
    assert.equal(text, renderJson(PROVEN, { version }))
  }
})

test('its name in the package stays, and ends with the schema version', () => {
  const { exports, files } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
  assert.equal(exports['./diagnosis.schema.json'], './dist/diagnosis.schema.json')
  assert.ok(files.includes('dist'))
  assert.equal((SCHEMA as { $id?: string }).$id, `urn:countersign:diagnosis:${SCHEMA_VERSION}`)
})

test('the schema refuses what is not so', () => {
  const report = JSON.parse(renderJson(PROVEN))
  for (const wrong of [
    { ...report, schemaVersion: 1 },
    { ...report, outcome: 'maybe' },
    { ...report, extra: 1 },
    { ...report, findings: [{ ...report.findings[0], causes: [] }] },
    { ...report, findings: [{ ...report.findings[0], check: undefined }] },
    { ...report, next: { what: 'x' } },
    { ...report, requests: [{ ...report.requests[0], outcome: 'maybe' }] },
    { ...report, ruledOut: [{ cause: 'path-encoded-twice', how: 'not-testable', why: 'x' }] },
  ])
    assert.notDeepEqual(problems(JSON.stringify(wrong)), [])
})

test("the page's example is as the schema says, and the page names every key", () => {
  const example = /```json\n([\s\S]*?)\n```/.exec(PAGE)![1]!
  assert.deepEqual(problems(example), [])
  const [, table] = PAGE.split('## Keys')
  const keys = new Set<string>()
  const collect = ({ properties = {}, items, $defs = {} }: Schema): void => {
    for (const [key, of] of Object.entries(properties)) {
      keys.add(key)
      collect(of)
    }
    if (items !== undefined) collect(items)
    for (const of of Object.values($defs)) collect(of)
  }
  collect(SCHEMA)
  for (const key of keys) assert.match(table!, new RegExp(`\`[^\`]*\\b${key}\\b[^\`]*\``), key)
})

test('ids and classes fit their patterns', () => {
  const pattern = (name: string): RegExp => new RegExp(name)
  for (const { id } of CAUSES) assert.match(id, pattern(SCHEMA.$defs!['causeId']!.pattern!))
  for (const label of CAUSE_CLASSES) assert.match(label, pattern(SCHEMA.$defs!['finding']!.properties!['class']!.pattern!))
  assert.equal(SCHEMA.properties!['schemaVersion']!.const, SCHEMA_VERSION)
})
