/** Masked and cut texts are recognised, and compare equal where a mask hides the difference. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMasked, sameUnlessMasked } from '../../src/text/masked.ts'

test('every usual mask is seen', () => {
  for (const text of [
    'AKIA***',
    'XXXXXXXX',
    'AKIAxxxxxxxx',
    '<TOKEN>',
    '<...>',
    'abc...',
    'abc…',
    'abc\u00e2\u0080\u00a6',
    '--snip--',
    '[redacted]',
    'REDACTED',
    '** redacted (length=8) **',
    '(not shown)',
    '<session token>',
  ])
    assert.ok(isMasked(text), text)
})

test('plain texts are not masked', () => {
  for (const text of ['', 'host;x-amz-date', 'GET\n/a.b\n', 'AKIAIOSFODNN7EXAMPLE', '/a//b/../c', 'max-age', '*/*', 'snippet', 'a**b'])
    assert.ok(!isMasked(text), text)
})

test('the same but for masks', () => {
  assert.ok(sameUnlessMasked('a:1\nb:***\n', 'a:1\nb:secret\n'))
  assert.ok(sameUnlessMasked('a:1\nb:secret\n', 'a:1\nb:***\n'))
  assert.ok(sameUnlessMasked('AKIA***MPLE/20240101', 'AKIAIOSFODNN7EXAMPLE/20240101'))
  assert.ok(sameUnlessMasked('GET\n/a\n...', 'GET\n/a\nx=1\nhost:b\n'))
  assert.ok(sameUnlessMasked('a...', 'abcdef'))
  assert.ok(sameUnlessMasked('t:***a', 't:XXXX'))
})

test('a difference outside the mask counts', () => {
  assert.ok(!sameUnlessMasked('a:1\nb:***\n', 'a:2\nb:secret\n'))
  assert.ok(!sameUnlessMasked('a:***', 'b:secret'))
  assert.ok(!sameUnlessMasked('AKIA***MPLE/20240101', 'AKIAIOSFODNN7EXAMPLE/20240102'))
  assert.ok(!sameUnlessMasked('a\nb', 'a\nb\nc'))
  assert.ok(!sameUnlessMasked('a:***x', 'b:XXXX'))
  assert.ok(!sameUnlessMasked('', 'x'))
  assert.ok(!sameUnlessMasked('a\nshortcut', 'a\nshortcut\nb'))
  assert.ok(sameUnlessMasked('a\n[truncated]', 'a\nx\nb'))
})
