/** One signature on two hosts: likely alone, proven where the program and the proxy between them show which was signed and which arrives. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'

const QUERY =
  'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=reader%2F20260305%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260305T101112Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=6e1f0a9b7c5d3e2f4a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f'
const url = (origin: string, path = '/scans/7.tif', query = QUERY): string => `${origin}${path}?${query}\n`
const CODE =
  "s3 = boto3.client('s3', endpoint_url='http://store:9000')\nlink = s3.generate_presigned_url('get_object', Params={'Bucket': 'scans', 'Key': '7.tif'})\n"
const nginx = (host: string, upstream = 'http://store:9000'): string =>
  `server {\n  server_name files.example.org;\n  location /scans/ {\n    ${host}\n    proxy_pass ${upstream};\n  }\n}\n`
const INSIDE = url('http://store:9000')
const OUTSIDE = url('https://files.example.org')

function first(...texts: readonly string[]): string {
  const [finding] = diagnoseEvidence(texts.map((text, i) => ({ name: `${i}.txt`, text }))).findings
  return finding === undefined ? 'none' : `${finding.causes.join('+')} ${finding.proof.level}`
}

test('the program says which was signed, the proxy that the other arrives', () => {
  const passing = nginx('proxy_set_header Host $http_host;')
  assert.equal(first(CODE, INSIDE, OUTSIDE, passing), 'host-rewritten text')
  assert.equal(first(passing, OUTSIDE, INSIDE, CODE), 'host-rewritten text')
  const apache = 'ProxyPreserveHost On\nProxyPass /scans/ http://store:9000/scans/\n'
  assert.equal(first(CODE, INSIDE, OUTSIDE, apache), 'host-rewritten text')
  assert.equal(first(CODE, INSIDE, OUTSIDE, apache.replace('On', 'Off')), 'host-rewritten none')
})

test('what is not shown proves nothing', () => {
  const passing = nginx('proxy_set_header Host $http_host;')
  const twins: Readonly<Record<string, readonly string[]>> = {
    'no proxy: one that is not shown may put the host back': [CODE, INSIDE, OUTSIDE],
    'a proxy that sends the name of its upstream': [CODE, INSIDE, OUTSIDE, nginx('')],
    'a proxy that sets the host that was signed': [CODE, INSIDE, OUTSIDE, nginx('proxy_set_header Host store:9000;')],
    'two proxies, of which one sets it': [CODE, INSIDE, OUTSIDE, passing, nginx('proxy_set_header Host store:9000;')],
    'a proxy of another service': [CODE, INSIDE, OUTSIDE, nginx('proxy_set_header Host $http_host;', 'http://web:8080')],
    'a line that does not hold in this block': [
      CODE,
      INSIDE,
      OUTSIDE,
      nginx('proxy_set_header X-Real-IP $remote_addr;').replace('location', 'proxy_set_header Host $http_host;\n  location'),
    ],
    'a line that is a comment': [CODE, INSIDE, OUTSIDE, nginx('# proxy_set_header Host $http_host;')],
    'no program': [INSIDE, OUTSIDE, passing],
    'a program with both endpoints': [CODE, CODE.replace('http://store:9000', 'https://files.example.org'), INSIDE, OUTSIDE, passing],
    'another path': [CODE, INSIDE, url('https://files.example.org', '/scans/8.tif'), passing],
    'another date': [CODE, INSIDE, url('https://files.example.org', undefined, QUERY.replace('101112Z', '101113Z')), passing],
  }
  for (const [name, texts] of Object.entries(twins)) assert.doesNotMatch(first(...texts), /text|stated/, name)
})

test('a refusal of something else is not explained by it', () => {
  const expired = '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>'
  assert.doesNotMatch(first(CODE, INSIDE, OUTSIDE, nginx('proxy_set_header Host $http_host;'), expired), /^host-rewritten text/)
})
