import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { clientKnownDefect } from '../../src/causes/client-known-defect.ts'
import { CLIENT_DEFECTS, mayHave } from '../../src/causes/kit/client-defects.ts'
import { type ClientEdit, withClientEdit } from '../../src/causes/kit/client-edits.ts'
import { diagnoseEvidence } from '../../src/index.ts'
import { canonicalRequestPart } from '../../src/sigv4/canonical-request.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { caseOf, client, clueOf } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { EXAMPLE_SECRET } from '../support/golden.ts'
import { errorXml, requestText } from '../support/golden-evidence.ts'
import { assertWhole } from '../support/head-contract.ts'
import { type StandardRequest, standardInputs } from '../support/standard-inputs.ts'

const query = (edit: ClientEdit, target: string, more: StandardRequest = {}) =>
  canonicalRequestPart(withClientEdit(standardInputs({ ...more, target }), edit), 'canonical-query-string')
const path = (edit: ClientEdit, target: string, service = 's3') =>
  canonicalRequestPart(withClientEdit(standardInputs({ target, service }), edit), 'canonical-uri')
const header = (edit: ClientEdit, ...values: string[]) =>
  canonicalRequestPart(
    withClientEdit(standardInputs({ headers: values.map((value) => ['X-Amz-Meta-A', value] as const) }), edit),
    'canonical-headers',
  )

test('each edit makes the text that the client was measured or reported to sign', () => {
  assert.equal(query('query-unsorted', '/?sort=_doc&size=50'), 'sort=_doc&size=50')
  assert.equal(query('query-valueless', '/?v&a='), 'a=&v')
  assert.equal(query('query-verbatim', '/?b=%2b&a=b+c&x'), 'a=b+c&b=%2b&x=')
  assert.equal(query('query-plus-literal', '/?a=b+c&d=%20'), 'a=b%2Bc&d=%20')
  assert.equal(query('query-plus-as-space', '/?a=%2B&b=%2b'), 'a=%20&b=%20')
  assert.equal(query('query-first-of-repeated', '/?b=1&a=2&a=1'), 'a=2&b=1')
  assert.equal(query('query-empty-name-dropped', '/?=v&k=v'), 'k=v')
  assert.equal(query('query-sorted-as-text', '/?id=1&id-type=r'), 'id-type=r&id=1')
  assert.equal(query('query-sorted-decoded', '/?%F0%9F%8D%BA=2&a=1'), 'a=1&%F0%9F%8D%BA=2')
  assert.equal(path('path-star-raw', '/data-*/x'), '/data-*/x')
  assert.equal(path('path-equals-raw', '/dt=1/x%21'), '/dt=1/x%21')
  assert.equal(path('path-signs-raw', "/a!'()*"), "/a!'()*")
  assert.equal(path('path-as-sent', '/a%3Ab', 'es'), '/a%3Ab')
  assert.equal(path('path-decoded-first', '/a%2Fb/c+d/%7e%2a'), '/a/b/c%20d/~%2A')
  assert.equal(path('path-not-normalized', '/a//b/./c', 'es'), '/a//b/./c')
  assert.match(header('header-inner-blanks-kept', ' a  b '), /x-amz-meta-a:a {2}b\n/)
  assert.match(header('header-values-joined-with-blank', 'b', 'a'), /x-amz-meta-a:b, a\n/)
  assert.match(header('header-values-sorted', 'b', 'a'), /x-amz-meta-a:a,b\n/)
})

test('an edit that finds no occasion gives the same object', () => {
  const correct = standardInputs({ target: '/k?a=1' })
  for (const { edit } of CLIENT_DEFECTS) assert.equal(withClientEdit(correct, edit), correct, edit)
})

test('versions: known to be right, known to be wrong, and not known', () => {
  const [unsorted] = CLIENT_DEFECTS.filter(({ edit }) => edit === 'query-unsorted')
  const [plus] = CLIENT_DEFECTS.filter(({ edit, clients }) => edit === 'query-plus-as-space' && clients.includes('curl'))
  assert.deepEqual(
    ['7.81.0', '8.16.0', '8.20.1', '', 'x'].map((version) => mayHave(unsorted!, version)),
    ['perhaps', 'no', 'no', 'perhaps', 'perhaps'],
  )
  assert.deepEqual(
    ['8.5.0', '8.16.0', '8.17.0', '8.19.0'].map((version) => mayHave(plus!, version)),
    ['yes', 'yes', 'perhaps', 'no'],
  )
})

test('every defect has a source, and stands in the table of the page', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/causes/client-known-defect.md'), 'utf8')
  for (const { source, clients, does, meanwhile } of CLIENT_DEFECTS) {
    assert.match(source, /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+(?:\/(?:issues|pull)\/\d+)?$/)
    assert.ok(page.includes(`| ${does} |`) && page.includes(`| <${source}> |`), does)
    assert.ok(clients.length > 0 && does !== '' && meanwhile !== '')
  }
})

test('what the client did is proven by the cause of it, and the version that mends it is the first fix', () => {
  const correct = standardInputs({ target: '/?b=%2b', headers: [['User-Agent', 'curl/8.16.0']], unsigned: ['User-Agent'] })
  const broken = { signer: withClientEdit(correct, 'query-plus-as-space'), verifier: correct }
  const [first] = diagnoseEvidence(
    [
      { name: 'error.xml', text: errorXml(broken) },
      { name: 'request.http', text: requestText(broken) },
    ],
    { secrets: [{ label: 'secret.txt', secretAccessKey: new SecretAccessKey(EXAMPLE_SECRET) }] },
  ).findings
  assert.equal(first?.proof.level, 'signature')
  assert.equal(first.class, 'query.encoding')
  assert.ok(first.alternatives.includes('client-known-defect'))
  assert.match(first.fixes[0]!.title, /update to curl --aws-sigv4 8\.19\.0 or later; see https:\/\/github\.com\/curl\/curl\/pull\/20550/)
  assert.ok(first.grounds.some((ground) => /curl --aws-sigv4 8\.16\.0 signed/.test(ground)))
})

test('a client without a defect, a repaired version and a request without occasion are no reason; a hint is', () => {
  const verifier = standardInputs({ target: '/?b=1&a=2' })
  assert.deepEqual([...clientKnownDefect.suspect(caseOf({}))], [])
  assert.deepEqual([...clientKnownDefect.suspect(caseOf({ verifier, observations: [client('aws-sdk-java')] }))], [])
  assert.deepEqual([...clientKnownDefect.suspect(caseOf({ verifier, observations: [client('curl', '8.19.0')] }))], [])
  assert.equal(reported(clientKnownDefect, caseOf({ verifier, observations: [client('curl', '7.79.1')] })).length, 1)
  const file = caseOf({ observations: [clueOf('client.bug')] })
  const [found] = reported(clientKnownDefect, file)
  assertWhole(clientKnownDefect, found?.params, file)
  assert.equal(clientKnownDefect.undo(verifier, {}), verifier)
})
