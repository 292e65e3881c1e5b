import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeRules, ruleMarks } from '../../../src/clues/code/code-rule.ts'
import { words } from '../../../src/clues/code/pattern.ts'
import { twins } from '../../../src/clues/rule.ts'

test('words are taken literally', () => {
  const pattern = new RegExp(`^${words('a.b(, $c')}$`)
  assert.deepEqual(
    ['a.b(', '$c', 'axb(', 'c'].map((text) => pattern.test(text)),
    [true, true, false, false],
  )
})

test('twins are a mistake and what it should be, with or without the same lines before', () => {
  assert.deepEqual(twins(['head\n', 'f(«a → b», «x → »c)'], 'g(« → 1»)'), {
    fires: ['head\nf(a, xc)', 'g()'],
    silent: ['head\nf(b, c)', 'g(1)'],
  })
})

const [RULE] = codeRules([
  {
    id: 'bare-f',
    about: 'clock-skewed',
    strength: 'fair',
    message: 'f is called.',
    idioms: [
      { match: /f\(/, in: ['php'] },
      { match: /call f/, unless: /never/, message: 'f is named.' },
    ],
  },
])

test('an idiom holds in its languages only, and a rule once', () => {
  const messages = (text: string, language?: 'php' | 'ruby') =>
    ruleMarks([RULE!], { text, language }, 'a.txt').map(({ message }) => message)
  assert.deepEqual(messages('f(); call f', 'php'), ['Line 1: f is called.'])
  assert.deepEqual(messages('f(); call f', 'ruby'), ['Line 1: f is named.'])
  assert.deepEqual(messages('f()'), [])
  assert.deepEqual(messages('never call f'), [])
})
