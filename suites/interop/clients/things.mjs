// What every client written in JavaScript is given to do, and how it says what came of it (see ../README.md).

import { readFileSync } from 'node:fs'

const lines = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')

export const endpoint = process.env.INTEROP_ENDPOINT
export const address = new URL(endpoint)
export const bucket = process.env.INTEROP_BUCKET
export const region = process.env.AWS_REGION
export const service = process.env.INTEROP_SERVICE
export const accessKeyId = process.env.AWS_ACCESS_KEY_ID
export const secretAccessKey = process.env.AWS_SECRET_ACCESS_KEY
export const keys = lines(process.env.INTEROP_KEYS_FILE)
export const queries = lines(process.env.INTEROP_QUERIES_FILE)
export const UTF8_META = 'grüße, 世界'
/** What Node lets through in a header: it signs as UTF-8 and goes out in ISO 8859-1. */
export const LATIN1_META = 'grüße'

export const say = (...fields) => console.log(fields.join('\t'))

/** Does one thing and says "ok", or "refused" with what the client says of it. */
export async function step(name, detail, work) {
  try {
    await work()
    say('ok', name, detail)
  } catch (error) {
    const code = error.Code ?? error.name ?? error.code
    say(
      'refused',
      name,
      detail,
      `${code}: ${error.message} ${error.$metadata?.httpStatusCode ?? error.statusCode ?? ''}`.replace(/\s+/g, ' '),
    )
  }
}

export function same(got, wanted) {
  if (Buffer.compare(Buffer.from(got), Buffer.from(wanted)) !== 0) throw new Error(`came back changed: ${String(got).slice(0, 60)}`)
}

/** An answer of fetch or node:http as text; throws where it is no success. */
export function succeeded(status, text) {
  if (status >= 300)
    throw Object.assign(new Error(text), { name: /<Code>(\w+)|"__type":"[^"]*#(\w+)/.exec(text)?.[1] ?? 'HTTP', statusCode: status })
  return text
}

/** `all` or `one`, as the command line says. */
export async function run(does) {
  await does[process.argv[2]]()
  say('done')
}
