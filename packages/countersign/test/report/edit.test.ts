/** A repair as a diff: what it looks like, and when the line is not shown. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Diagnosis } from '../../src/diagnosis/finding.ts'
import { diffLines, type EditShown } from '../../src/report/edit.ts'
import { renderHtml } from '../../src/report/html.ts'
import { renderJson } from '../../src/report/json.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { FINDING, PROVEN, SECRET } from './hand-made.ts'

/** A diagnosis whose fix puts `to` in the place of `from` in a file. */
function changing(text: string, from: string, to: string): { diagnosis: Diagnosis; evidence: { name: string; text: string }[] } {
  const start = text.indexOf(from)
  const edit = { at: { source: 'app.py', start, end: start + from.length }, from, to }
  const fixes = [{ title: 'sign for eu-west-1', applicability: 'maybe', command: 'AWS_REGION=eu-west-1', edit }] as const
  return { diagnosis: { ...PROVEN, findings: [{ ...FINDING, fixes }] }, evidence: [{ name: 'app.py', text }] }
}

function editOf(text: string, from: string, to: string, redact: 'safe' | 'strict' = 'safe'): EditShown | undefined {
  const { diagnosis, evidence } = changing(text, from, to)
  return JSON.parse(renderJson(diagnosis, { evidence, redact })).findings[0].fixes[0].edit
}

const CODE = "import boto3\r\n  s3 = client('s3', region='us-east-1')\r\nrun()\r\n"

test('the line as it stands, and as it must be', () => {
  const { diagnosis, evidence } = changing(CODE, 'us-east-1', 'eu-west-1')
  assert.match(
    renderTerminal(diagnosis, { colour: false, columns: 80, evidence }),
    /^ {2}Fix {4}sign for eu-west-1 \(app\.py:2\)\n {11}- s3 = client\('s3', region='us-east-1'\)\n {11}\+ s3 = client\('s3', region='eu-west-1'\)\n {2}Don't/m,
  )
  assert.match(renderMarkdown(diagnosis, { evidence }), /```diff\n- s3 = client\('s3', region='us-east-1'\)\n\+ s3/)
  assert.match(renderHtml(diagnosis, { evidence }), /app\.py:2\)<\/span><pre tabindex="0">- s3 = client/)
  const [fix] = JSON.parse(renderJson(diagnosis, { evidence })).findings[0].fixes
  assert.deepEqual(fix, {
    title: 'sign for eu-west-1',
    applicability: 'exact',
    edit: {
      file: 'app.py',
      line: 2,
      before: "  s3 = client('s3', region='us-east-1')",
      after: "  s3 = client('s3', region='eu-west-1')",
    },
  })
})

test('without the file the fix is what it was', () => {
  const { diagnosis } = changing(CODE, 'us-east-1', 'eu-west-1')
  assert.match(renderTerminal(diagnosis, { colour: false }), /^ {2}Fix {4}sign for eu-west-1\n {11}AWS_REGION=eu-west-1$/m)
})

test('a line with a secret, one of which anything is hidden, and a very long one are not shown', () => {
  assert.equal(editOf(`sign('${SECRET}', 'us-east-1')\n`, 'us-east-1', 'eu-west-1'), undefined)
  assert.equal(editOf('- name: DB_PASSWORD\n  value: Zk3vQ9xT2mLp8RwA us-east-1\n', 'us-east-1', 'eu-west-1'), undefined)
  assert.equal(editOf("client('AKIAIOSFODNN7EXAMPLE', 'us-east-1')\n", 'us-east-1', 'eu-west-1'), undefined)
  assert.equal(editOf(`${' '.repeat(300)}region = us-east-1\n`, 'us-east-1', 'eu-west-1'), undefined)
  assert.equal(editOf(CODE, 'us-east-1', 'eu-west-1', 'strict'), undefined)
})

test('a line that is added stands alone; tabs and common indentation go', () => {
  assert.deepEqual(
    diffLines({ file: 'f', line: 1, before: '\tproxy_pass http://a;', after: '\tproxy_pass http://a;\n\tmerge_slashes off;' }),
    ['+ merge_slashes off;'],
  )
  assert.deepEqual(diffLines({ file: 'f', line: 1, before: '    a: 1', after: '    a: 2' }), ['- a: 1', '+ a: 2'])
})
