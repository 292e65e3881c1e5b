/** curl command lines: quoting, options, and no secret kept. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { curlCommand } from '../../../src/evidence/clients/curl-command.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(curlCommand)

const request = (text: string) => seenOf(read(curlCommand, text), 'request')[0]?.request

test('the method follows the options', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['curl https://a.example/b', 'GET'],
    ['curl -I https://a.example/b', 'HEAD'],
    ['curl -d x=1 https://a.example/b', 'POST'],
    ['curl -Gd x=1 https://a.example/b', 'GET'],
    ['curl -T f https://a.example/b', 'PUT'],
    ['curl -XDELETE https://a.example/b', 'DELETE'],
    ['curl --request PATCH --url https://a.example/b', 'PATCH'],
    ['> curl.exe -X PUT ^\r\n "https://a.example/b"', 'PUT'],
  ]
  for (const [command, method] of cases) assert.equal(request(command)?.method, method, command)
  assert.equal(request('curl -G -d x=1 https://a.example/b?y')?.target, '/b?y&x=1')
})

test('quotes, continued lines and variables', () => {
  const text =
    "$ curl -s \\\n  -H 'x-amz-meta-a: it\"s' -H \"x-amz-date: $DATE\" --data-raw $'a\\nb' 'https://u@a.example:443/p%20q/../r?x&y=1#f' | jq .\n"
  assert.equal(request(text)?.target, '/p%20q/../r?x&y=1')
  assert.deepEqual(request(text)?.headers.slice(0, 3), [
    ['Host', 'a.example'],
    ['x-amz-meta-a', 'it"s'],
    ['x-amz-date', '$DATE'],
  ])
  assert.deepEqual(request(text)?.body, new TextEncoder().encode('a\nb'))
})

test('a body out of a file or a placeholder is not known', () => {
  for (const data of ['-d @f', '--data-binary @f', '-T f', "-d '<query>'", '-d "$BODY"', '-F a=b'])
    assert.equal(request(`curl ${data} https://a.example/`)?.body, undefined, data)
})

test('the secret of --user is nowhere', () => {
  const seen = read(
    curlCommand,
    'curl -u AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY --aws-sigv4 aws:amz:us-east-1:es https://a.example/',
  )
  assert.equal(seenOf(seen, 'access-key-id')[0]?.value, 'AKIAIOSFODNN7EXAMPLE')
  assert.ok(!JSON.stringify(seen).includes('wJalr'))
})
