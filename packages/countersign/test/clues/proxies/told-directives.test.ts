import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proxyConfiguration } from '../../../src/clues/proxies/proxy-configuration.ts'
import { toldDirectives } from '../../../src/clues/proxies/told-directives.ts'

const SENDS = 'hop-sends-other-host'

/** Sentences, with what the directive in them does; the other value of it does nothing. */
const TOLD: readonly (readonly [rule: string, before: string, does: string, doesNot: string])[] = [
  [SENDS, 'HAProxy has ', '`http-request set-header Host store.internal`', '`http-request set-header Host %[req.hdr(host)]`'],
  [SENDS, 'Our nginx has ', '`proxy_set_header Host store:9000;`', '`proxy_set_header Host $http_host;`'],
  [SENDS, 'Our nginx has ', 'proxy_set_header Host store:9000', 'proxy_set_header Host $http_host'],
  [SENDS, 'In Kong ', 'preserve_host is false', 'preserve_host is true'],
  [SENDS, 'Apache with ', 'ProxyPreserveHost Off', 'ProxyPreserveHost On'],
  ['hop-strips-prefix', 'APISIX has ', '`regex_uri: ["^/store/(.*)", "/$1"]`', '`uri: /store/*`'],
  [SENDS, 'APISIX has ', '`pass_host: node`', '`pass_host: pass`'],
  ['hop-strips-prefix', 'In Tyk ', 'strip_listen_path is true', 'strip_listen_path is false'],
  ['hop-removes-header', 'Our nginx has ', '`proxy_set_header X-Amz-Date ""`', '`proxy_set_header X-Amz-Date $http_x_amz_date`'],
  [
    'hop-decodes-path',
    'Istio has ',
    '`pathNormalization: normalization: DECODE_AND_MERGE_SLASHES`',
    '`pathNormalization: normalization: NONE`',
  ],
]

for (const [rule, before, does, doesNot] of TOLD)
  test(`${rule}: ${does} counts inside of a sentence`, () => {
    const rules = (told: string): readonly string[] =>
      proxyConfiguration
        .read({ name: 'evidence.txt', text: `It fails since the move.\n${before}${told}, because of the vhost.\n` })
        .flatMap((one) => (one.kind === 'clue' ? [one.rule] : []))
    assert.ok(rules(does).includes(rule))
    assert.ok(!rules(doesNot).includes(rule))
  })

test('a directive of a sentence stands where it stood in the text', () => {
  const text = 'So\nwe have `proxy_set_header Host store` and more.\n'
  const laidOut = toldDirectives(text, ';')
  assert.equal(laidOut.length, text.length)
  assert.equal(laidOut.indexOf('proxy_set_header'), text.indexOf('proxy_set_header'))
  assert.equal(laidOut.trim(), 'proxy_set_header Host store;')
})

test('a text without directives has none', () => {
  assert.equal(toldDirectives('We pass it on as it is.\n', '\n'), '')
})

test('a configuration is read once', () => {
  const text = 'backend s\n  http-request set-header Host store\n'
  assert.equal(proxyConfiguration.read({ name: 'evidence.txt', text }).length, 1)
})
