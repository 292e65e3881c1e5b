/** `countersign verify`: a signed request, judged as AWS does. */

import { redacted, visible } from '../../report/index.js'
import {
  authorizationOf,
  checksOf,
  credentialOf,
  type HttpRequest,
  parseLenientDate,
  readableText,
  regionSetOf,
  requestDateOf,
  requestDateText,
  signingProfileOf,
  verify as verdictOf,
} from '../../sigv4/index.js'
import { type Command, FORMAT_RULE, LAW_RULES, nowOption, rulesOption, SECRET_RULES } from '../command.js'
import { givenRequest } from '../given-request.js'
import { type Options, oneOf } from '../options.js'
import { knownKeys, neededSecret } from '../secrets.js'
import { EXIT, type Io, say } from '../terminal-rules.js'

/** @public */
export const verify: Command = {
  name: 'verify',
  summary: 'check a signed request as AWS does',
  usage: '[options] FILE',
  about: `Checks a raw HTTP request, a curl command or a presigned URL in AWS's order, and answers with AWS's own code and text. The
clock is the request's own date unless you give --now. Region, service and access key ID are checked where you give them.`,
  example: 'countersign verify request.http --secret-file secret.txt --region us-east-1',
  rules: { ...FORMAT_RULE, ...SECRET_RULES, ...LAW_RULES },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const profile = rulesOption(options)
  const wanted = nowOption(options)
  const { request } = await givenRequest(options, io)
  const authorization = authorizationOf(request)
  const credential = credentialOf(authorization)
  const keys = await knownKeys(options, io, [authorization?.credential ?? ''])
  const key = neededSecret(keys).secretAccessKey
  if (keys.accessKeyId !== undefined && credential !== undefined && keys.accessKeyId !== credential.accessKeyId) {
    say(io, `the secret belongs to another access key ID than the request names (${keys.accessKeyId}; ${credential.accessKeyId})`)
  }
  const now = wanted ?? ownTime(request, io)
  const region = options.one('region')
  const service = options.one('service')
  const verdict = verdictOf(request, key, {
    now,
    // Only one key is known: a request that names another is refused as AWS refuses an ID that does not exist.
    accessKeyIdKnown: (id) => keys.accessKeyId === undefined || id === keys.accessKeyId,
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...(service === undefined ? {} : { service }),
  })
  const dialect = (profile ?? signingProfileOf(credential?.scope.service ?? service ?? '')).dialect
  const order = checksOf(dialect, authorization?.by ?? 'header').map(({ id }) => id)
  const passed = verdict.ok ? order : order.slice(0, verdict.error.number - 1)
  const gate = (text: string) => redacted(readableText(text), keys.silent)
  if (format === 'json') {
    const error = verdict.ok ? undefined : verdict.error
    const report = {
      schemaVersion: 1,
      valid: verdict.ok,
      ...(error === undefined
        ? {}
        : {
            error: {
              code: error.code,
              message: gate(error.message),
              status: error.status,
              check: error.check,
              number: error.number,
              of: error.of,
            },
          }),
      passed,
    }
    io.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`)
  } else if (verdict.ok) {
    const { date, region, service } = verdict.scope
    const set = authorization === undefined ? undefined : regionSetOf(request, authorization)
    const scope = region === undefined ? `${date}/${service}, region set ${set ?? 'none'}` : `${date}/${region}/${service}`
    io.stdout.write(visible(gate(`valid: ${verdict.accessKeyId} signed this request for ${scope}`)))
    io.stdout.write(`\n  passed  ${passed.join(', ')}\n`)
  } else {
    const { error } = verdict
    const lines = [
      `not valid: ${error.code} (check ${error.number} of ${error.of}: ${error.check})`,
      `  message  ${error.message}`,
      `  status   ${error.status}`,
      ...error.extra.filter(([name]) => SHORT_ELEMENTS.has(name)).map(([name, value]) => `  ${name}  ${value}`),
      `  failed   ${error.check}`,
      `  passed   ${passed.length === 0 ? 'none' : passed.join(', ')}`,
      `  more     countersign explain ${error.code}`,
    ]
    io.stdout.write(`${lines.map((line) => visible(gate(line))).join('\n')}\n`)
  }
  return verdict.ok ? EXIT.valid : EXIT.notValid
}

/** The request's own date, so that a request kept in a file is not refused for its age. */
function ownTime(request: HttpRequest, io: Io): number {
  const date = requestDateOf(request, authorizationOf(request)?.by ?? 'header')
  const time = date === undefined ? undefined : parseLenientDate(date)
  if (time === undefined) return io.now()
  say(io, `the clock is taken from the request itself (${requestDateText(time)}); --now sets another`)
  return time
}

// The long ones are what `canonicalize` shows.
const SHORT_ELEMENTS: ReadonlySet<string> = new Set([
  'Region',
  'RequestTime',
  'ServerTime',
  'MaxAllowedSkewMilliseconds',
  'HeadersNotSigned',
  'Expires',
  'X-Amz-Expires',
])
