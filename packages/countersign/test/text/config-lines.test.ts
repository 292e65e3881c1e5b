import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configLines } from '../../src/text/index.ts'

const lines = (text: string): string[] => configLines(text).text.split('\n').slice(0, -1)

test('one setting in six notations', () => {
  for (const text of [
    'route:\n  - match:\n      name: x\n  - rewrite:\n      host: store\n',
    'route:\n- rewrite: { host: store }\n',
    '{"route": [{"rewrite": {"host": "store"}}]}',
    'route {\n  rewrite {\n    host = "store"\n  }\n}\n',
    '[route.rewrite]\nhost = "store"\n',
    '- "route.rewrite.host=store"\n',
  ])
    assert.ok(lines(text).includes('route.rewrite.host=store'), `${text} -> ${lines(text)}`)
})

test('members of lists stand under the name of the list', () => {
  for (const text of ['remove: [range, "accept"]\n', 'remove:\n- range\n- accept\n', '"remove": [\n  "range",\n  "accept"\n]\n'])
    assert.deepEqual(lines(text), ['remove=range', 'remove=accept'], text)
})

test('indentation ends what it began, and brackets end what they opened', () => {
  assert.deepEqual(lines('a:\n  b: 1\nc: 2\n'), ['a.b=1', 'c=2'])
  assert.deepEqual(lines('a { b = 1 }\nc = 2\n'), ['a.b=1', 'c=2'])
  assert.deepEqual(lines('a: [\nb: 1\n]]\n}\nc: 2\n'), ['a.b=1', 'c=2'])
})

test('a line knows where it stands', () => {
  const text = 'a:\n  b: 1\n  c: 2\n'
  const { text: flat, origin } = configLines(text)
  assert.equal(text.slice(origin(flat.indexOf('a.c='))), 'c: 2\n')
})

test('comparisons, comments and URLs are no settings', () => {
  assert.deepEqual(lines('if (a == b) {}\n# c: 1\n// d: 2\nhttp://e:80/f\n'), [])
})
