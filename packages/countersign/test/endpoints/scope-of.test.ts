/** One test for each shape of host: what stands in it, what it says, and what it cannot say. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { scopeOf } from '../../src/endpoints/index.ts'

/** Service, region ("a,b" for several, "*" for a region set), partition; "-" for what the host does not say. */
type Row = readonly [host: string, said: string]
const SHAPES: Readonly<Record<string, readonly Row[]>> = {
  'S3, path-style and virtual-hosted, with dots in bucket names': [
    ['s3.eu-north-1.amazonaws.com', 's3 eu-north-1 aws'],
    ['holiday.s3.eu-north-1.amazonaws.com', 's3 eu-north-1 aws'],
    ['cdn.holiday.example.s3.ap-south-1.amazonaws.com', 's3 ap-south-1 aws'],
    ['eu-west-1.s3.ca-central-1.amazonaws.com', 's3 ca-central-1 aws'],
    ['s3.s3.ca-central-1.amazonaws.com', 's3 ca-central-1 aws'],
    ['old_name.s3.us-east-2.amazonaws.com', 's3 us-east-2 aws'],
  ],
  "S3's global host takes us-east-1": [
    ['s3.amazonaws.com', 's3 us-east-1 aws'],
    ['holiday.s3.amazonaws.com', 's3 us-east-1 aws'],
    ['eu-west-1.s3.amazonaws.com', 's3 us-east-1 aws'],
    ['s3.amazonaws.com.cn', 's3 - aws-cn'],
  ],
  "S3's hosts with the region after a hyphen": [
    ['s3-sa-east-1.amazonaws.com', 's3 sa-east-1 aws'],
    ['holiday.s3-sa-east-1.amazonaws.com', 's3 sa-east-1 aws'],
    ['s3-fips-us-gov-west-1.amazonaws.com', 's3 us-gov-west-1 aws-us-gov'],
    ['holiday.s3-external-1.amazonaws.com', 's3 us-east-1 aws'],
  ],
  'S3 websites': [
    ['holiday.s3-website-us-west-1.amazonaws.com', 's3 us-west-1 aws'],
    ['holiday.s3-website.eu-south-2.amazonaws.com', 's3 eu-south-2 aws'],
  ],
  'S3 dual-stack and FIPS': [
    ['s3.dualstack.us-west-1.amazonaws.com', 's3 us-west-1 aws'],
    ['holiday.s3-fips.dualstack.us-west-1.amazonaws.com', 's3 us-west-1 aws'],
    ['s3-fips.us-gov-east-1.amazonaws.com', 's3 us-gov-east-1 aws-us-gov'],
  ],
  'S3 accelerate does not say the region of the bucket': [
    ['holiday.s3-accelerate.amazonaws.com', 's3 - aws'],
    ['holiday.s3-accelerate.dualstack.amazonaws.com', 's3 - aws'],
  ],
  'S3 access points': [
    ['reader-210987654321.s3-accesspoint.eu-west-3.amazonaws.com', 's3 eu-west-3 aws'],
    ['reader-210987654321.s3-accesspoint-fips.dualstack.us-east-1.amazonaws.com', 's3 us-east-1 aws'],
  ],
  'S3 Object Lambda': [['resize-210987654321.s3-object-lambda.eu-west-3.amazonaws.com', 's3-object-lambda eu-west-3 aws']],
  'S3 on Outposts': [
    ['reader-210987654321.op-0a1b2c3d4e5f60718.s3-outposts.eu-west-3.amazonaws.com', 's3-outposts eu-west-3 aws'],
    ['s3-outposts.eu-west-3.api.aws', 's3-outposts eu-west-3 aws'],
  ],
  'S3 Express One Zone': [
    ['fast--apne1-az4--x-s3.s3express-apne1-az4.ap-northeast-1.amazonaws.com', 's3express ap-northeast-1 aws'],
    ['fast--use1-az5--x-s3.s3express-fips-use1-az5.dualstack.us-east-1.amazonaws.com', 's3express us-east-1 aws'],
    ['s3express-control.ap-northeast-1.amazonaws.com', 's3express ap-northeast-1 aws'],
  ],
  'S3 Multi-Region Access Points': [
    ['m1a2b3c4d5e6f.mrap.accesspoint.s3-global.amazonaws.com', 's3 * aws'],
    ['m1a2b3c4d5e6f.accesspoint.s3-global.amazonaws.com', 's3 * aws'],
  ],
  "S3's control plane and siblings": [
    ['210987654321.s3-control.eu-west-3.amazonaws.com', 's3 eu-west-3 aws'],
    ['s3tables.eu-west-3.amazonaws.com', 's3tables eu-west-3 aws'],
    ['s3vectors.eu-west-3.api.aws', 's3vectors eu-west-3 aws'],
  ],
  'VPC endpoints': [
    ['vpce-0f1e2d-9a8b7c.sqs.eu-west-2.vpce.amazonaws.com', 'sqs eu-west-2 aws'],
    ['vpce-0f1e2d-9a8b7c-eu-west-2a.runtime.sagemaker.eu-west-2.vpce.amazonaws.com', 'sagemaker eu-west-2 aws'],
    ['holiday.bucket.vpce-0f1e2d-9a8b7c.s3.eu-west-2.vpce.amazonaws.com', 's3 eu-west-2 aws'],
    ['210987654321.control.vpce-0f1e2d-9a8b7c.s3.eu-west-2.vpce.amazonaws.com', 's3 eu-west-2 aws'],
    ['vpce-0f1e2d-9a8b7c.execute-api.eu-west-2.vpce.amazonaws.com', 'execute-api eu-west-2 aws'],
    ['vpce-0f1e2d-9a8b7c.dynamodb.eu-west-2.vpce.api.aws', 'dynamodb eu-west-2 aws'],
    ['vpce-0f1e2d-9a8b7c.sqs.cn-north-1.vpce.amazonaws.com.cn', 'sqs cn-north-1 aws-cn'],
    ['vpce-0f1e2d-9a8b7c.vpce-svc-0a9b8c.eu-west-2.vpce.amazonaws.com', '- eu-west-2 aws'],
    ['some-vpce-name.vpce.amazonaws.com', '- - -'],
  ],
  'API Gateway: the API itself, and what manages APIs': [
    ['z9y8x7w6.execute-api.eu-west-2.amazonaws.com', 'execute-api eu-west-2 aws'],
    ['z9y8x7w6-vpce-0f1e2d.execute-api.eu-west-2.amazonaws.com', 'execute-api eu-west-2 aws'],
    ['apigateway.eu-west-2.amazonaws.com', 'apigateway eu-west-2 aws'],
  ],
  'Lambda URLs': [['q1w2e3r4t5.lambda-url.eu-west-2.on.aws', 'lambda eu-west-2 aws']],
  AppSync: [
    ['q1w2e3r4t5.appsync-api.eu-west-2.amazonaws.com', 'appsync eu-west-2 aws'],
    ['q1w2e3r4t5.appsync-realtime-api.eu-west-2.amazonaws.com', 'appsync eu-west-2 aws'],
  ],
  'IoT: a host of an account has two signing names': [
    ['a9z8y7-ats.iot.eu-west-2.amazonaws.com', 'iotdata|iotdevicegateway eu-west-2 aws'],
    ['a9z8y7.ats.iot.cn-north-1.amazonaws.com.cn', 'iotdata|iotdevicegateway cn-north-1 aws-cn'],
    ['data-ats.iot.eu-west-2.amazonaws.com', 'iotdata eu-west-2 aws'],
    ['a9z8y7.jobs.iot.eu-west-2.amazonaws.com', 'iot-jobs-data eu-west-2 aws'],
    ['iot.eu-west-2.amazonaws.com', 'iot eu-west-2 aws'],
    ['a9z8y7.credentials.iot.eu-west-2.amazonaws.com', '- eu-west-2 aws'],
    ['a9z8y7.unheard-of.iot.eu-west-2.amazonaws.com', '- eu-west-2 aws'],
  ],
  'OpenSearch, and others with the region before the service': [
    ['search-books-k2j3.eu-west-2.es.amazonaws.com', 'es eu-west-2 aws'],
    ['search-books-k2j3.aos.eu-west-2.on.aws', 'es eu-west-2 aws'],
    ['k2j3.eu-west-2.aoss.amazonaws.com', 'aoss eu-west-2 aws'],
    ['ingest-k2j3.eu-west-2.osis.amazonaws.com', 'osis eu-west-2 aws'],
    ['doc-books-k2j3.eu-west-2.cloudsearch.amazonaws.com', 'cloudsearch eu-west-2 aws'],
    ['eu-west-2.queue.amazonaws.com', 'sqs eu-west-2 aws'],
    ['eu-west-2.elasticmapreduce.amazonaws.com', 'elasticmapreduce eu-west-2 aws'],
    ['g-k2j3.eu-west-2.neptune-graph.amazonaws.com', 'neptune-graph eu-west-2 aws'],
  ],
  'databases that take signed tokens': [
    ['shop.c1d2.eu-west-2.rds.amazonaws.com:5432', 'rds-db eu-west-2 aws'],
    ['shop.c1d2.rds.cn-north-1.amazonaws.com.cn', 'rds-db cn-north-1 aws-cn'],
    ['rds.eu-west-2.amazonaws.com', 'rds eu-west-2 aws'],
    ['shop.cluster-c1d2.eu-west-2.neptune.amazonaws.com:8182', 'neptune-db eu-west-2 aws'],
    ['k2j3.dsql.eu-west-2.on.aws', 'dsql eu-west-2 aws'],
  ],
  'other hosts under on.aws and api.aws': [
    ['pay-0a.7d67968.vpc-lattice-svcs.eu-west-2.on.aws', 'vpc-lattice-svcs eu-west-2 aws'],
    ['210987654321.dkr-ecr.eu-west-2.on.aws', 'ecr eu-west-2 aws'],
    ['lambda.eu-west-2.api.aws', 'lambda eu-west-2 aws'],
  ],
  'FIPS, wherever the word stands': [
    ['kms-fips.us-west-1.amazonaws.com', 'kms us-west-1 aws'],
    ['fips.batch.us-west-1.amazonaws.com', 'batch us-west-1 aws'],
    ['runtime-fips.sagemaker.us-west-1.amazonaws.com', 'sagemaker us-west-1 aws'],
    ['runtime.sagemaker-fips.us-west-1.api.aws', 'sagemaker us-west-1 aws'],
  ],
  'signing names that are not the endpoint': [
    ['email.eu-west-2.amazonaws.com', 'ses eu-west-2 aws'],
    ['bedrock-agent-runtime.eu-west-2.amazonaws.com', 'bedrock eu-west-2 aws'],
    ['entitlement.marketplace.us-east-1.amazonaws.com', 'aws-marketplace us-east-1 aws'],
    ['participant.connect.eu-west-2.amazonaws.com', 'execute-api eu-west-2 aws'],
    ['api.tunneling.iot.eu-west-2.amazonaws.com', 'IoTSecuredTunneling eu-west-2 aws'],
    ['query-cell3.timestream.eu-west-1.amazonaws.com', 'timestream eu-west-1 aws'],
    ['210987654321.ddb.eu-west-2.amazonaws.com', 'dynamodb eu-west-2 aws'],
  ],
  'hosts without a region': [
    ['iam.amazonaws.com', 'iam us-east-1 aws'],
    ['iam.us-gov.amazonaws.com', 'iam us-gov-west-1 aws-us-gov'],
    ['sts.amazonaws.com', 'sts us-east-1 aws'],
    ['route53.amazonaws.com.cn', 'route53 cn-northwest-1 aws-cn'],
    ['iam.amazonaws.com.cn', 'iam cn-north-1 aws-cn'],
    ['sts-fips.amazonaws.com', 'sts us-east-1 aws'],
    ['importexport.amazonaws.com', 'IngestionService us-east-1 aws'],
    ['queue.amazonaws.com', 'sqs us-east-1 aws'],
    ['ec2.amazonaws.com', 'ec2 us-east-1 aws'],
    ['kms.amazonaws.com', 'kms - -'],
    ['sqs.nowhere.amazonaws.com', 'sqs - -'],
  ],
  'hosts of two partitions, and of region sets': [
    ['cloudfront.amazonaws.com', 'cloudfront us-east-1,us-gov-west-1 -'],
    ['e1f2.g3h4.endpoint.events.amazonaws.com', 'events * aws'],
    ['210987654321.cloudfront-kvs.global.api.aws', 'cloudfront-keyvaluestore * aws'],
  ],
  'the other partitions': [
    ['dynamodb.cn-north-1.amazonaws.com.cn', 'dynamodb cn-north-1 aws-cn'],
    ['dynamodb.cn-north-1.api.amazonwebservices.com.cn', 'dynamodb cn-north-1 aws-cn'],
    ['dynamodb.us-gov-east-1.amazonaws.com', 'dynamodb us-gov-east-1 aws-us-gov'],
    ['dynamodb.us-iso-east-1.c2s.ic.gov', 'dynamodb us-iso-east-1 aws-iso'],
    ['dynamodb.us-isob-east-1.sc2s.sgov.gov', 'dynamodb us-isob-east-1 aws-iso-b'],
    ['dynamodb.eu-isoe-west-1.cloud.adc-e.uk', 'dynamodb eu-isoe-west-1 aws-iso-e'],
    ['dynamodb.us-isof-south-1.api.aws.hci.ic.gov', 'dynamodb us-isof-south-1 aws-iso-f'],
    ['dynamodb.eusc-de-east-1.amazonaws.eu', 'dynamodb eusc-de-east-1 aws-eusc'],
    ['dynamodb.eusc-de-east-1.api.amazonwebservices.eu', 'dynamodb eusc-de-east-1 aws-eusc'],
  ],
  'a region under the suffix of another partition is no host': [
    ['s3.cn-north-1.amazonaws.com', '- - -'],
    ['s3-eu-west-1.amazonaws.com.cn', '- - -'],
    ['dynamodb.eu-west-2.amazonaws.eu', '- - -'],
  ],
  'what is not known, under a suffix of AWS': [
    ['unheard-of.eu-west-2.amazonaws.com', '- eu-west-2 aws'],
    ['eu-west-2.amazonaws.com', '- eu-west-2 aws'],
    ['one.eu-west-2.unheard-of.amazonaws.com', '- eu-west-2 aws'],
    ['unheard-of.amazonaws.com', '- - -'],
    ['unheard-of.amazonaws.com.cn', '- - aws-cn'],
    ['amazonaws.com', '- - -'],
    ['s3.us-east-17.amazonaws.com', 's3 us-east-17 aws'],
  ],
  "hosts of AWS that run what is a user's": [
    ['web-1.eu-west-2.elb.amazonaws.com', '- eu-west-2 aws'],
    ['web-1.elb.eu-west-2.amazonaws.com', '- eu-west-2 aws'],
    ['ec2-198-51-100-7.compute-1.amazonaws.com', '- - -'],
    ['0A1B.gr7.eu-west-2.eks.amazonaws.com', '- eu-west-2 aws'],
    ['b-1.shop.mq.eu-west-2.amazonaws.com', '- eu-west-2 aws'],
    ['mq.eu-west-2.amazonaws.com', 'mq eu-west-2 aws'],
  ],
  'hosts that are not of AWS': [
    ['localhost', '- - -'],
    ['localhost:9000', '- - -'],
    ['203.0.113.9:9000', '- - -'],
    ['3405803785', '- - -'],
    ['[2001:db8::1]:9000', '- - -'],
    ['2001:db8::1', '- - -'],
    ['d1e2f3.cloudfront.net', '- - -'],
    ['acct.r2.cloudflarestorage.com', '- - -'],
    ['s3.eu-central-2.wasabisys.com', '- - -'],
    ['notamazonaws.com', '- - -'],
    ['s3.eu-west-2.amazonaws.com.phish.example', '- - -'],
    ['s3.eu-west-2.amаzonaws.com', '- - -'],
    ['bücher.s3.eu-west-2.amazonaws.com', '- - -'],
    ['\u212Ams.eu-west-2.amazonaws.com', '- - -'],
    ['s3..amazonaws.com', '- - -'],
    ['*.s3.eu-west-2.amazonaws.com', '- - -'],
    ['s3.eu-west-2.amazonaws.com:https', '- - -'],
    [`${'a'.repeat(64)}.s3.eu-west-2.amazonaws.com`, '- - -'],
    ['', '- - -'],
  ],
  'URLs, ports, upper case, the trailing dot': [
    ['https://S3.EU-West-2.amazonaws.com:443/holiday/a?x=@y', 's3 eu-west-2 aws'],
    ['wss://q1w2.appsync-realtime-api.eu-west-2.amazonaws.com/graphql', 'appsync eu-west-2 aws'],
    ['//s3.eu-west-2.amazonaws.com/holiday', 's3 eu-west-2 aws'],
    ['s3.eu-west-2.amazonaws.com/holiday', 's3 eu-west-2 aws'],
    ['s3.eu-west-2.amazonaws.com.', 's3 eu-west-2 aws'],
    [' s3.eu-west-2.amazonaws.com\r', 's3 eu-west-2 aws'],
    ['https://s3.eu-west-2.amazonaws.com@phish.example/', '- - -'],
    ['https://phish.example\\@s3.eu-west-2.amazonaws.com/', '- - -'],
    ['s3://holiday/a', '- - -'],
    ['arn:aws:s3:::holiday', '- - -'],
  ],
}

for (const [shape, rows] of Object.entries(SHAPES))
  test(shape, () => {
    for (const [host, said] of rows) {
      const { service, services, region, regions, partition, why } = scopeOf(host)
      assert.equal([service ?? services?.join('|') ?? '-', region ?? regions?.join() ?? '-', partition ?? '-'].join(' '), said, host)
      assert.match(why, /^[A-Z].*\.$/, host)
      assert.ok(service === null || services === undefined)
      assert.ok(region === null || regions === undefined)
    }
  })

test('the algorithm follows the host: a region set is signed by key pair, and some hosts take no signature', () => {
  assert.equal(scopeOf('s3.eu-west-2.amazonaws.com').algorithm, 'AWS4-HMAC-SHA256')
  assert.equal(scopeOf('m1a2.accesspoint.s3-global.amazonaws.com').algorithm, 'AWS4-ECDSA-P256-SHA256')
  for (const host of [
    'holiday.s3-website.eu-west-2.amazonaws.com',
    'codecatalyst.global.api.aws',
    'unheard-of.eu-west-2.amazonaws.com',
    'a.example',
  ])
    assert.equal(scopeOf(host).algorithm, null, host)
})

test('the host comes back as given, and a URL gives neither password nor query', () => {
  assert.equal(scopeOf('S3.amazonaws.com.:443').host, 'S3.amazonaws.com.:443')
  assert.equal(scopeOf('https://user:word@s3.amazonaws.com:443/a?X-Amz-Signature=0').host, 's3.amazonaws.com:443')
})

test('the table is small: scopeOf alone, bundled, has 40 kB with gzip at most', async () => {
  const { outputFiles } = await build({
    stdin: { contents: "export { scopeOf } from './src/endpoints/index.ts'", resolveDir: new URL('../..', import.meta.url).pathname },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    minify: true,
  })
  const size = gzipSync(outputFiles[0]!.contents).length
  assert.ok(size > 4_000 && size <= 40_000, `${size} bytes`)
})
