import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostScope } from '../../src/endpoints/host-scope.ts'

const HOSTS: readonly (readonly [host: string, service: string | undefined, region: string | undefined])[] = [
  ['s3.amazonaws.com', 's3', undefined],
  ['my.dotted.bucket.s3.amazonaws.com', 's3', undefined],
  ['bucket.s3-accelerate.amazonaws.com', 's3', undefined],
  ['bucket.s3-accelerate.dualstack.amazonaws.com', 's3', undefined],
  ['s3-us-west-2.amazonaws.com', 's3', 'us-west-2'],
  ['bucket.s3-eu-west-1.amazonaws.com', 's3', 'eu-west-1'],
  ['bucket.s3-website-us-east-1.amazonaws.com', 's3', 'us-east-1'],
  ['s3-external-1.amazonaws.com', 's3', 'us-east-1'],
  ['bucket.s3.eu-central-1.amazonaws.com:443', 's3', 'eu-central-1'],
  ['bucket.s3.dualstack.us-west-2.amazonaws.com', 's3', 'us-west-2'],
  ['us-east-1.s3.eu-west-2.amazonaws.com', 's3', 'eu-west-2'],
  ['s3.cn-north-1.amazonaws.com.cn', 's3', 'cn-north-1'],
  ['point-123456789012.s3-accesspoint.us-west-2.amazonaws.com', 's3', 'us-west-2'],
  ['bucket--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com', 's3express', 'us-east-1'],
  ['bucket.bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com', 's3', 'us-east-1'],
  ['vpce-0a1b-2c3d.execute-api.us-east-1.vpce.amazonaws.com', 'execute-api', 'us-east-1'],
  ['abc123.execute-api.ap-southeast-2.amazonaws.com', 'execute-api', 'ap-southeast-2'],
  ['search-logs-xyz.us-east-1.es.amazonaws.com', 'es', 'us-east-1'],
  ['abc.us-west-2.aoss.amazonaws.com', 'aoss', 'us-west-2'],
  ['us-west-2.queue.amazonaws.com', 'sqs', 'us-west-2'],
  ['email.eu-west-1.amazonaws.com', 'ses', 'eu-west-1'],
  ['bedrock-runtime.us-east-1.amazonaws.com', 'bedrock', 'us-east-1'],
  ['data-ats.iot.us-east-1.amazonaws.com', 'iotdata', 'us-east-1'],
  ['abc-ats.iot.us-east-1.amazonaws.com', undefined, 'us-east-1'],
  ['kms-fips.us-gov-west-1.amazonaws.com', 'kms', 'us-gov-west-1'],
  ['abcdef.lambda-url.us-east-1.on.aws', 'lambda', 'us-east-1'],
  ['ec2.us-east-1.api.aws', 'ec2', 'us-east-1'],
  ['dkr.ecr.us-east-1.amazonaws.com', 'ecr', 'us-east-1'],
  ['monitoring.us-east-1.amazonaws.com', 'monitoring', 'us-east-1'],
  ['iam.amazonaws.com', 'iam', 'us-east-1'],
  ['iam.us-gov.amazonaws.com', 'iam', 'us-gov-west-1'],
  ['route53.amazonaws.com.cn', 'route53', 'cn-northwest-1'],
  ['sts.amazonaws.com', 'sts', 'us-east-1'],
  ['db.abc.us-east-1.rds.amazonaws.com', 'rds-db', 'us-east-1'],
  ['budgets.amazonaws.com', 'budgets', undefined],
  ['cannot-be-known.us-east-1.amazonaws.com', 'cannot-be-known', 'us-east-1'],
]

for (const [host, service, region] of HOSTS) {
  test(`${host} says ${service} and ${region}`, () => {
    const said = hostScope(host)
    assert.equal(said?.service, service)
    assert.equal(said?.region, region)
  })
}

test('a service that is not known is assumed to sign with its prefix, and says so', () => {
  assert.equal(hostScope('cannot-be-known.us-east-1.amazonaws.com')?.source, 'endpoint-prefix')
  assert.equal(hostScope('monitoring.us-east-1.amazonaws.com')?.source, 'host')
})

test('hosts that are not of AWS, or run what users put there, say nothing', () => {
  for (const host of [
    'localhost:9000',
    'minio.example.com',
    'notamazonaws.com',
    's3.us-east-1.amazonaws.com.evil.example',
    'amazonaws.com',
    'lb-1.us-east-1.elb.amazonaws.com',
    'ec2-1-2-3-4.us-west-2.compute.amazonaws.com',
    'cluster-1.abc.us-east-1.redshift.amazonaws.com',
    'localhost:8000',
    '',
  ])
    assert.equal(hostScope(host), undefined, host)
})
