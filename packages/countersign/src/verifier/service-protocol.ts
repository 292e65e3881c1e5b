/** How a service words and wraps its refusals: the protocol it speaks. Data, with what was seen of each. */
import { type HttpRequest, headerValue, S3_LIKE_SERVICES, targetOf } from '../sigv4/index.js'

/** @internal */
export type ServiceProtocol = 's3' | 'query' | 'ec2' | 'json' | 'rest-json' | 'rest-xml'

/**
 * The protocol of a service; for a service not listed, what the request itself looks like.
 * @internal
 */
export function protocolOf(service: string, request: HttpRequest): ServiceProtocol {
  if (S3_LIKE_SERVICES.has(service)) return 's3'
  const type = headerValue(request, 'content-type') ?? ''
  if (headerValue(request, 'x-amz-target') !== undefined || /^application\/x-amz-json-1\.[01]/i.test(type)) return 'json'
  const listed = PROTOCOLS.get(service)
  if (listed !== undefined) return listed
  if (/^application\/x-www-form-urlencoded/i.test(type) || /(?:^|&)Action=/.test(targetOf(request).query ?? '')) return 'query'
  return /json/i.test(type) ? 'rest-json' : 'query'
}

const PROTOCOLS: ReadonlyMap<string, ServiceProtocol> = new Map<string, ServiceProtocol>([
  ['ec2', 'ec2'],
  ...['route53', 'cloudfront'].map((name) => [name, 'rest-xml'] as const),
  ...['dynamodb', 'kinesis', 'kms', 'logs', 'ecr', 'ecs', 'secretsmanager', 'ssm', 'events', 'cognito-idp', 'firehose', 'states'].map(
    (name) => [name, 'json'] as const,
  ),
  ...[
    'lambda',
    'execute-api',
    'es',
    'aoss',
    'glacier',
    'apigateway',
    'iotdata',
    'iotdevicegateway',
    'bedrock',
    'batch',
    'eks',
    'appsync',
  ].map((name) => [name, 'rest-json'] as const),
  ...['sts', 'iam', 'sns', 'sqs', 'rds', 'cloudformation', 'elasticloadbalancing', 'autoscaling', 'monitoring', 'ses'].map(
    (name) => [name, 'query'] as const,
  ),
])

/** The XML namespaces of services of the query protocol, as AWS's service models have them. */
export const QUERY_NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['sts', 'https://sts.amazonaws.com/doc/2011-06-15/'],
  ['iam', 'https://iam.amazonaws.com/doc/2010-05-08/'],
  ['sns', 'http://sns.amazonaws.com/doc/2010-03-31/'],
  ['rds', 'http://rds.amazonaws.com/doc/2014-10-31/'],
  ['cloudformation', 'http://cloudformation.amazonaws.com/doc/2010-05-15/'],
  ['autoscaling', 'http://autoscaling.amazonaws.com/doc/2011-01-01/'],
  ['monitoring', 'http://monitoring.amazonaws.com/doc/2010-08-01/'],
  ['ses', 'http://ses.amazonaws.com/doc/2010-12-01/'],
])

/** Services that were seen to append what they calculated: "The Canonical String for this request should have been". */
export const LONG_FORM_SERVICES: ReadonlySet<string> = new Set(['execute-api', 'es', 'sqs', 'cognito-idp'])

/** The services whose JSON refusals were seen with 400; execute-api, lambda and glacier answer 403. */
export function jsonStatus(protocol: ServiceProtocol, status: number): number {
  if (protocol === 'json') return status === 403 ? 400 : status
  return status
}
