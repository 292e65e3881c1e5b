/** Settings one a line, in the notations that people keep. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settingLines } from '../../src/text/index.ts'

test('name and value in every notation', () => {
  for (const line of ['key = v', 'export key=v', 'set key=v', "- key: 'v'", '"key": "v",', '\xef\xbb\xbfkey: v'])
    assert.deepEqual(
      settingLines(line).map(({ setting }) => [setting?.name, setting?.value]),
      [['key', 'v']],
      line,
    )
})

test('comments, blank lines and headings are no settings; a heading that comes again is another section', () => {
  const [a, b, c] = settingLines('; note\n\n[one]\nkey=1\n# note\nkey=2\n[one]\nkey=3\n')
  assert.deepEqual([a?.number, b?.number, c?.number], [4, 6, 8])
  assert.equal(a?.section?.name, 'one')
  assert.equal(a?.section, b?.section)
  assert.notEqual(b?.section, c?.section)
})

test('the words of a line that is no setting', () => {
  assert.deepEqual(settingLines('"one","0123456789abcdef"').at(0)?.words, ['one', '0123456789abcdef'])
  assert.deepEqual(settingLines('name:0123456789abcdef').at(0)?.words, ['name', '0123456789abcdef'])
  assert.deepEqual(settingLines('7 a:b').at(0)?.words, ['7', 'a:b'])
})
