/** `countersign sign`: a request in, the signed request out. */
import { byteString, sign as signed } from '../../sigv4/index.js'
import { CliError } from '../cli-error.js'
import { type Command, nowOption, rulesOption, SECRET_RULES, SIGNING_RULES } from '../command.js'
import { givenRequest, METHOD_RULE, rawRequest } from '../given-request.js'
import type { Options } from '../options.js'
import { writeBytes } from '../pieces.js'
import { knownKeys, neededSecret } from '../secrets.js'
import { REGION_SET_RULE, signingScope } from '../signing-scope.js'
import { EXIT, type Io } from '../terminal-rules.js'

/** @public */
export const sign: Command = {
  name: 'sign',
  summary: 'sign a request and print it',
  usage: '[options] FILE|URL',
  about: `Takes a raw HTTP request without a signature, or a URL, and prints the request to send. Region and service come
from the host where it names them.`,
  example: 'countersign sign request.http --profile default --region eu-west-1 --service execute-api',
  rules: { ...METHOD_RULE, ...REGION_SET_RULE, ...SECRET_RULES, ...SIGNING_RULES },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const profile = rulesOption(options)
  const now = nowOption(options) ?? io.now()
  const { request } = await givenRequest(options, io)
  const keys = await knownKeys(options, io)
  const { secretAccessKey, accessKeyId } = neededSecret(keys)
  const id = accessKeyId ?? keys.accessKeyId
  if (id === undefined) throw new CliError('an access key ID is needed: add --access-key-id')
  const result = signed(
    request,
    { accessKeyId: id, secretAccessKey, ...(keys.sessionToken === undefined ? {} : { sessionToken: keys.sessionToken }) },
    { now, ...signingScope(request, options, keys), ...(profile === undefined ? {} : { profile }) },
  )
  writeBytes(io, rawRequest(result, byteString(result.body ?? new Uint8Array(0))))
  return EXIT.valid
}
