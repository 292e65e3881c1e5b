/** Repairs that are a change of a line: which line, and when none is. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CauseId } from '../../src/catalog/index.ts'
import type { Fix } from '../../src/causes/index.ts'
import { fittingFixes } from '../../src/diagnosis/fitting-fixes.ts'
import { assembleCase, readEvidence } from '../../src/index.ts'

const REGION: Fix = { title: 'region', applicability: 'exact', sets: { what: 'region', from: 'us-east-1', to: 'eu-west-1' } }
const OTHER: Fix = { title: 'other', applicability: 'maybe' }

/** The text with the change made, and the title of the repair that makes it; `undefined` where no repair is a change. */
function edited(text: string, fixes: readonly Fix[], cause?: CauseId, beside = ''): { text: string; title: string } | undefined {
  const sources = [{ name: 'mine', text }, ...(beside === '' ? [] : [{ name: 'beside', text: beside }])]
  const [first] = fittingFixes(assembleCase(readEvidence(sources)), [fixes], cause === undefined ? [] : [cause])
  if (first?.edit === undefined) return undefined
  const { at, from, to } = first.edit
  assert.equal(text.slice(at.start, at.end), from)
  return { text: text.slice(0, at.start) + to + text.slice(at.end), title: first.title }
}

test('the line that sets the wrong value is changed, whatever notation it is in, and comes first', () => {
  for (const text of [
    "s3 = boto3.client('s3', region_name='us-east-1')\n",
    '[default]\nregion = us-east-1\n',
    'export AWS_REGION="us-east-1"\n',
    'aws:\n  region: us-east-1\n',
    'const s3 = new S3Client({ region: "us-east-1", maxAttempts: 1 })\n',
    'aws s3 ls --region us-east-1\n',
  ])
    assert.deepEqual(edited(text, [OTHER, REGION]), { text: text.replace('us-east-1', 'eu-west-1'), title: 'region' }, text)
})

test('another value, two lines, or a log of the request: no line is known', () => {
  assert.equal(edited('region = eu-north-1\n', [REGION]), undefined)
  assert.equal(edited('[a]\nregion = us-east-1\n[b]\nregion = us-east-1\n', [REGION]), undefined)
  assert.equal(edited('region = us-east-1\nGET / HTTP/1.1\r\nHost: a.example\r\n\r\n', [REGION]), undefined)
})

test('a setting that a repair makes is changed where it is set otherwise', () => {
  const path: Fix = { title: 'path', applicability: 'maybe', command: 'new S3Client({ forcePathStyle: true })' }
  assert.equal(
    edited("region = 'x'\nnew S3Client({ forcePathStyle: false })", [OTHER, path])?.text,
    "region = 'x'\nnew S3Client({ forcePathStyle: true })",
  )
  const python: Fix = { title: 'path', applicability: 'maybe', command: 'force_path_style = true' }
  assert.equal(edited('force_path_style = False\n', [python])?.text, 'force_path_style = True\n')
  const open: Fix = { title: 'path', applicability: 'has-placeholders', command: 'addressing_style = <style>' }
  assert.equal(edited('addressing_style = path\n', [open]), undefined)
})

test('nginx: Host as it came, in place of another, or put behind what is there', () => {
  const fix: Fix = { title: 'pass', applicability: 'maybe', command: 'proxy_set_header Host $http_host;', appliesTo: ['nginx'] }
  const of = (body: string) => `server {\n  location / {\n${body}  }\n}\n`
  const host = (body: string) => edited(of(body), [OTHER, fix], 'host-rewritten')?.text
  assert.equal(
    host('    proxy_pass http://store:9000;\n    proxy_set_header  Host  store;\n'),
    of('    proxy_pass http://store:9000;\n    proxy_set_header Host $http_host;\n'),
  )
  assert.equal(
    host('    proxy_pass http://store:9000;\n'),
    of('    proxy_pass http://store:9000;\n    proxy_set_header Host $http_host;\n'),
  )
  // Headers of an outer block would no longer hold beside one that is set here.
  const outer = 'server {\n  proxy_set_header X-Real-IP $remote_addr;\n  location / { proxy_pass http://store:9000; }\n}\n'
  assert.equal(
    edited(outer, [fix], 'host-rewritten')?.text,
    outer.replace('$remote_addr;', '$remote_addr;\n  proxy_set_header Host $http_host;'),
  )
  assert.equal(host('    proxy_pass https://b.s3.amazonaws.com;\n    proxy_set_header Host store;\n'), undefined)
  assert.equal(host('    proxy_pass http://a;\n  }\n  location /b {\n    proxy_pass http://b;\n'), undefined)
})

test('code: the letters that a rule knows, for the cause that it is about', () => {
  const code = [
    'import hmac, hashlib',
    "k_date = hmac.new(('AWS4' + secret).encode(), date, hashlib.sha256).digest()",
    'k_region = hmac.new(k_date, region, hashlib.sha256).hexdigest()',
    'k_service = hmac.new(k_region, service, hashlib.sha256).digest()',
    '',
  ].join('\n')
  assert.equal(edited(code, [OTHER], 'signing-key-from-hex-text')?.text, code.replace('hexdigest', 'digest'))
  assert.equal(edited(code, [OTHER], 'secret-mismatch'), undefined)
  // Two lines must change.
  assert.equal(edited(code.replace('(k_region,', '(k_region.encode(),'), [OTHER], 'signing-key-from-hex-text'), undefined)
  const encoded = code.replace('hexdigest()', 'hexdigest().encode()')
  assert.equal(edited(encoded, [OTHER], 'signing-key-from-hex-text')?.text, code.replace('hexdigest', 'digest'))
})
