/** Access logs of Envoy, HAProxy and Elastic Load Balancing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { envoyLog } from '../../src/evidence/logs/envoy-log.ts'
import { haproxyLog } from '../../src/evidence/logs/haproxy-log.ts'
import { loadBalancerLog } from '../../src/evidence/logs/load-balancer-log.ts'
import { read, readerLaws, seenOf } from './reader-laws.ts'

readerLaws(envoyLog)
readerLaws(haproxyLog)
readerLaws(loadBalancerLog)

const lineOf = (...args: Parameters<typeof read>) => seenOf(read(...args), 'request-line')[0]?.line

test('Envoy: the authority stands after the request id, however many fields come before', () => {
  const id = '11111111-2222-3333-4444-555555555555'
  const tail = `"-" "aws-cli/2.15.1" "${id}" "b.example.com:8443" "10.0.0.1:443"`
  for (const middle of ['- 0 1 1 1', 'UC upstream_reset - "a reason" 0 1 1 1']) {
    const seen = read(envoyLog, `[2025-04-04T08:00:00.000Z] "PUT /k HTTP/2" 403 ${middle} ${tail}\n`)
    assert.deepEqual(seenOf(seen, 'request-line')[0]?.line, { method: 'PUT', target: '/k', host: 'b.example.com:8443', status: 403 })
    assert.equal(seenOf(seen, 'client')[0]?.name, 'aws-cli')
  }
})

test('HAProxy: a captured header is a host only if it looks like one; escapes are undone; a cut line is no request', () => {
  const line = (captured: string, request: string): string =>
    `haproxy[1]: 10.0.0.9:1 [04/Apr/2025:08:00:00.000] in out/s1 0/0/0/1/1 403 9 - - ---- 1/1/0/0/0 0/0 ${captured} ${request}\n`
  assert.equal(lineOf(haproxyLog, line('{10.0.0.9|b.example.com}', '"GET /k HTTP/1.1"'))?.host, 'b.example.com')
  assert.equal(lineOf(haproxyLog, line('{10.0.0.9|some words}', '"GET /k HTTP/1.1"'))?.host, undefined)
  assert.equal(lineOf(haproxyLog, line('{}', '"GET /a#22b HTTP/1.1"'))?.target, '/a"b')
  assert.deepEqual(read(haproxyLog, line('{}', '"GET /k?a=1"')), [])
})

test("a load balancer names the host with the scheme's port; the target's status counts, where there is one", () => {
  const line = (own: string, target: string): string =>
    `https 2025-04-04T08:00:00.000000Z app/a/1 10.0.0.9:1 10.0.0.1:443 0.001 0.002 0.000 ${own} ${target} 1 1 "GET https://b.example.com:443/k?a=1 HTTP/2.0" "curl/8.5.0" - - -\n`
  assert.deepEqual(lineOf(loadBalancerLog, line('403', '403')), { method: 'GET', target: '/k?a=1', host: 'b.example.com', status: 403 })
  assert.equal(lineOf(loadBalancerLog, line('502', '403'))?.status, 403)
  assert.equal(lineOf(loadBalancerLog, line('403', '-'))?.status, 403)
})
