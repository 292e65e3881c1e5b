/** Lines without what logs, terminals and quotations put around them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { logLines } from '../../src/text/log-lines.ts'

const texts = (text: string): readonly string[] => logLines(text).map((line) => line.text)

test('strips colours, line ends and prefixes that every line has, and keeps offsets', () => {
  assert.deepEqual(texts('\u001b[32mGET\u001b[0m\r\n/\r\n'), ['GET', '/', ''])
  assert.deepEqual(texts('> GET\n> /\n>\n'), ['GET', '/', '', ''])
  assert.deepEqual(texts('web-1  | GET\nweb-1  | /'), ['GET', '/'])
  assert.deepEqual(texts('2022-10-24T12:55:51.024Z [DEBUG] provider.terraform-provider-aws_v4: Host: a'), ['Host: a'])
  assert.deepEqual(texts('* x\n> GET'), ['* x', '> GET'])
  assert.deepEqual(logLines('a\r\nb')[1], { text: 'b', start: 3, end: 4 })
})
