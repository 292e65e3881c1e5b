/** What tools answer that a report tells people to run: clocks, keys, settings. No secret is kept. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EvidenceReader } from '../../../src/case/reader.ts'
import { clockTools } from '../../../src/evidence/machine/clock-tools.ts'
import { keyTools } from '../../../src/evidence/machine/key-tools.ts'
import { settings as settingsReader } from '../../../src/evidence/machine/settings.ts'
import { connectionString } from '../../../src/evidence/quoted/connection-string.ts'
import { readEvidence } from '../../../src/intake/index.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'

for (const reader of [clockTools, keyTools, settingsReader, connectionString]) readerLaws(reader)

const settings = (reader: EvidenceReader, text: string): readonly string[] =>
  seenOf(read(reader, text), 'setting').flatMap(({ setting: { means, value } }) =>
    means === undefined ? [] : [`${means.of} ${means.name} ${value}`],
  )

test('clocks', () => {
  const cases: readonly (readonly [text: string, ...said: string[]])[] = [
    [
      '           Universal time: Tue 2026-02-03 10:11:12 UTC\nSystem clock synchronized: yes\n',
      'machine clock-now 1770113472000',
      'machine clock-synchronized yes',
    ],
    ['System time     : 0.250000000 seconds fast of NTP time\n', 'machine clock-offset 0.25'],
    [
      'System time     : 412.800000000 seconds slow of NTP time\nLeap status     : Not synchronised\n',
      'machine clock-offset -412.8',
      'machine clock-synchronized no',
    ],
    [
      '     remote           refid      st t when poll reach   delay   offset  jitter\n*time.example.net .GPS.  1 u   36   64  377    1.209  -2500.5   0.412\n',
      'machine clock-offset 2.501',
      'machine clock-synchronized yes',
    ],
    ['+301.234567 +/- 0.012345 time.example.net 192.0.2.7\n', 'machine clock-offset -301.235'],
    [
      'Leap Indicator: 3(not synchronized)\nSource: Local CMOS Clock\nPhase Offset: 0.0000000s\n',
      'machine clock-synchronized no',
      'machine clock-synchronized no',
      'machine clock-offset 0',
    ],
    ['$ date -u\nTue Feb  3 10:11:12 UTC 2026\n', 'machine clock-now 1770113472000'],
    ['ntpq shows that the clock is in step\n', 'machine clock-synchronized yes'],
    ['The clock is not synchronized.\n'],
  ]
  for (const [text, ...said] of cases) assert.deepEqual(settings(clockTools, text), said, text)
})

test('keys: where they come from, how long the secret is, and nothing of it', () => {
  const table =
    '   profile                <not set>             None    None\naccess_key     ****************MPLE              env    \n    region                eu-west-1      config-file    ~/.aws/config\n'
  assert.deepEqual(settings(keyTools, table), ['client credential-source env', 'client region eu-west-1'])
  assert.deepEqual(
    settings(
      keyTools,
      'NAME       : VALUE  : TYPE : LOCATION\nprofile    : work : env : AWS_PROFILE\naccess_key : ****MPLE : shared-credentials-file :\n',
    ),
    ['client profile work', 'client credential-source shared-credentials-file'],
  )
  const secret = 'EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMP'
  const seen = read(keyTools, `AWS_SECRET_ACCESS_KEY=${secret}\nAWS_SESSION_TOKEN=\nAWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n`)
  assert.deepEqual(
    seenOf(seen, 'setting').map(({ setting }) => setting.value),
    ['40', 'absent', 'AKIAIOSFODNN7EXAMPLE'],
  )
  assert.ok(!JSON.stringify(seen).includes(secret))
  assert.deepEqual(settings(keyTools, 'echo "$AWS_SECRET_ACCESS_KEY" | wc -c\n41\n'), ['client secret-length 40'])
  assert.deepEqual(settings(keyTools, 'printf %s "$SECRET" | od -c\n0000000   E   X   A   M   P   L   E  \\n\n0000010\n'), [
    'client secret-length 8',
    'client secret-oddity line-feed',
  ])
})

test('cat -A shows what stands before the end of a line', () => {
  assert.deepEqual(settings(keyTools, '# cat -A /etc/passwd-s3fs\nSTOREID:EXAMPLE/value $\n'), ['client secret-oddity space'])
  assert.deepEqual(settings(keyTools, '$ cat -A .env\nID=a$\nSECRET_KEY=EXAMPLE^M$\n'), ['client secret-oddity carriage-return'])
  assert.deepEqual(settings(keyTools, '# cat -A /etc/passwd-s3fs\nSTOREID:EXAMPLE/value$\n'), [])
})

test('settings of files are those of the server or of the client by their names', () => {
  const cases: readonly (readonly [text: string, ...said: string[]])[] = [
    ['[s3_api]\ns3_region = "garage"\nroot_domain = ".s3.nas.lan"\n', 'server region garage', 'server endpoint .s3.nas.lan'],
    ['env:\n  - name: MINIO_SITE_REGION\n    value: eu-west-1\n', 'server region eu-west-1'],
    ['provider "aws" {\n  region = "eu-west-1"\n  s3_use_path_style = true\n}\n', 'client region eu-west-1', 'client signing true'],
    ['aws.region=eu-west-1\naws.s3.endpoint=https://store.example\n', 'client region eu-west-1', 'client endpoint https://store.example'],
    ['region = var.region\nregion: <your region>\n'],
    ['{ "environment": [{ "name": "AWS_REGION", "value": "eu-west-1" }] }\n', 'client region eu-west-1'],
    [
      'apiVersion: v1\nkind: Secret\nstringData:\n  AWS_REGION: garage\ndata:\n  AWS_ENDPOINTS: aHR0cHM6Ly9uYXMubGFuOjM5MDA=\n',
      'client region garage',
      'client endpoint https://nas.lan:3900',
    ],
    ['kind: ConfigMap\ndata:\n  S3_REGION: garage\n', 'client region garage'],
    ['<property><name>fs.s3a.endpoint.region</name><value>eu-west-1</value></property>\n', 'client region eu-west-1'],
    ['[OUTPUT]\n    name    s3\n    region  eu-west-1\n', 'client region eu-west-1'],
    ['s3 = boto3.client("s3", region_name=region, endpoint_url=config.endpoint_url)\n'],
    ['The region is wrong.\n# region = eu-west-1\nset the region to match\n'],
  ]
  for (const [text, ...said] of cases)
    assert.deepEqual(
      settings(settingsReader, text).filter((one) => !one.includes('var.')),
      said,
      text,
    )
})

test('a connection string says where its secret stands, and not the secret', () => {
  const seen = read(connectionString, 'url=jdbc:postgresql://db.example/app?awsRegion=eu-west-1&awsSecretAccessKey=EXAMPLE/SECRET\n')
  assert.deepEqual(
    seenOf(seen, 'setting').map(({ setting }) => `${setting.means?.name} ${setting.value}`),
    ['region eu-west-1', 'credential-source connection-string'],
  )
  assert.ok(!JSON.stringify(seen).includes('SECRET'))
  // Letters and digits need no escape.
  const plain = read(connectionString, 's3://store:tellnobody1@nas.lan/box\n')
  assert.equal(seenOf(plain, 'setting')[0]?.setting.value, 'connection-string-plain')
  assert.ok(!JSON.stringify(plain).includes('tellnobody1'))
  // A slash in the secret ends no host.
  const store = read(connectionString, 'url: s3://AKIAIOSFODNN7EXAMPLE:ab/CD+EXAMPLE@nas.lan:9000/box/db?region=garage\n')
  assert.deepEqual(
    seenOf(store, 'setting').map(({ setting }) => `${setting.means?.name} ${setting.value}`),
    ['credential-source connection-string', 'region garage', 'endpoint nas.lan:9000'],
  )
  assert.ok(
    !JSON.stringify(readEvidence([{ name: 'a.yml', text: 'url: s3://AKIAIOSFODNN7EXAMPLE:ab/CD+EXAMPLE@nas.lan:9000/box/db\n' }])).includes(
      'CD+EXAMPLE',
    ),
  )
  assert.deepEqual(read(connectionString, 'https://examplebucket.s3.amazonaws.com/a?region=eu-west-1@x\n').length > 0, true)
})

test('one reading of a setting serves repairs, which compare what is written, and clues, which compare what is meant', () => {
  const seen = seenOf(
    read(settingsReader, 'aws configure set region eu-west-1\naws s3 ls --region eu-west-1\nmerge_slashes off;\n'),
    'setting',
  )
  assert.deepEqual(
    seen.map(({ setting: { written, means, value } }) => [written, means?.name, value]),
    [
      ['region', 'region', 'eu-west-1'],
      ['region', 'region', 'eu-west-1'],
      ['merge_slashes', undefined, 'off'],
    ],
  )
})
