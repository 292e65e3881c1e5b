/** `countersign presign`: a request in, a presigned URL out. */
import { headerValue, presign as presigned } from '../../sigv4/index.js'
import { CliError } from '../cli-error.js'
import { type Command, nowOption, rulesOption, SECRET_RULES, SIGNING_RULES } from '../command.js'
import { givenRequest, METHOD_RULE } from '../given-request.js'
import type { Options } from '../options.js'
import { writeBytes } from '../pieces.js'
import { knownKeys, neededSecret } from '../secrets.js'
import { REGION_SET_RULE, signingScope } from '../signing-scope.js'
import { EXIT, type Io } from '../terminal-rules.js'

export const presign: Command = {
  name: 'presign',
  summary: 'make a presigned URL',
  usage: '[options] FILE|URL',
  about: `Takes a URL, or a raw HTTP request whose headers are to be signed as well, and prints the URL that anyone can use until it
expires.`,
  example: 'countersign presign https://my-bucket.s3.eu-west-1.amazonaws.com/photo.jpg --expires 900 --profile default',
  rules: {
    expires: { type: 'string', value: 'SECONDS', group: 'Request', help: 'how long the URL is valid: 3600 by default, 604800 at most' },
    ...METHOD_RULE,
    ...REGION_SET_RULE,
    ...SECRET_RULES,
    ...SIGNING_RULES,
  },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const profile = rulesOption(options)
  const now = nowOption(options) ?? io.now()
  const expires = options.one('expires') ?? '3600'
  if (!/^\d{1,6}$/.test(expires) || Number(expires) < 1 || Number(expires) > 604_800) {
    throw new CliError(`--expires must be seconds from 1 to 604800; not ${JSON.stringify(expires)}`)
  }
  const { request, scheme } = await givenRequest(options, io)
  const keys = await knownKeys(options, io)
  const { secretAccessKey, accessKeyId } = neededSecret(keys)
  const id = accessKeyId ?? keys.accessKeyId
  if (id === undefined) throw new CliError('an access key ID is needed: add --access-key-id')
  const result = presigned(
    request,
    { accessKeyId: id, secretAccessKey, ...(keys.sessionToken === undefined ? {} : { sessionToken: keys.sessionToken }) },
    { now, ...signingScope(request, options, keys), expiresSeconds: Number(expires), ...(profile === undefined ? {} : { profile }) },
  )
  const url = /^https?:/i.test(result.target) ? result.target : `${scheme}://${headerValue(result, 'host') ?? ''}${result.target}`
  writeBytes(io, `${url}\n`)
  return EXIT.valid
}
