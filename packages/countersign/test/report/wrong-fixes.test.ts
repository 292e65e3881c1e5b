import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS, SEND_AGAIN } from '../../src/causes/kit/wrong-fixes.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { inOrderOfTemptation } from '../../src/report/wrong-fixes.ts'
import { FINDING, PROVEN } from './hand-made.ts'

const ALL = [CHANGE_IAM_POLICIES, ROTATE_KEYS, SEND_AGAIN]
const order = (text: string) => inOrderOfTemptation(ALL, [{ name: 'a', text }]).map((one) => ALL.indexOf(one))

test('what the user speaks of comes first', () => {
  assert.deepEqual(order('<Code>SignatureDoesNotMatch</Code>'), [0, 1, 2])
  assert.deepEqual(order('I generated new access keys twice'), [1, 0, 2])
  assert.deepEqual(order('it fails and then I tried again with new keys'), [1, 2, 0])
  assert.deepEqual(order('The IAM role has AmazonS3FullAccess'), [0, 1, 2])
  assert.deepEqual(inOrderOfTemptation(ALL, []), ALL)
})

test('reports keep that order', () => {
  const report = renderMarkdown(
    { ...PROVEN, findings: [{ ...FINDING, wrongFixes: ALL }] },
    { evidence: [{ name: 'a', text: 'retried it' }] },
  ).toLowerCase()
  const [again, policies] = [SEND_AGAIN, CHANGE_IAM_POLICIES].map(({ title }) => report.indexOf(title.toLowerCase()))
  assert.ok(again! > 0 && again! < policies!)
})
