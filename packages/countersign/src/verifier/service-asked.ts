/** Which service an unsigned request is meant for, as far as it shows: in its words it will be refused. */
import { hostScope } from '../endpoints/index.js'
import { type HttpRequest, headerValue, targetOf } from '../sigv4/index.js'

/** A signing name; "" where nothing shows. */
export function serviceAsked(request: HttpRequest): string {
  const named = hostScope(headerValue(request, 'host') ?? '')?.service
  if (named !== undefined) return named
  const target = headerValue(request, 'x-amz-target')
  if (target !== undefined) return /^DynamoDB/i.test(target) ? 'dynamodb' : 'kinesis'
  const type = headerValue(request, 'content-type') ?? ''
  if (/^application\/x-www-form-urlencoded/i.test(type) || /(?:^|&)Action=/.test(targetOf(request).query ?? '')) return 'sts'
  return 's3'
}
