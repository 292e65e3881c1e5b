/** The few XML bodies that S3 takes, read without ever backtracking. */
import { byteString } from '../../sigv4/index.js'
import { decodeEntities } from '../../text/index.js'
import { S3Failure } from './s3-answer.js'

/** The text of a body that has to be XML with this root. */
export function xmlBody(body: Uint8Array, root: string): string {
  const text = byteString(body)
  if (!new RegExp(`<${root}[\\s>/]`).test(text)) throw new S3Failure('MalformedXML')
  return text
}

/** What stands in each of the elements of this name; elements of one name are not nested. */
export function eachOf(text: string, name: string): readonly string[] {
  const [open, close] = [`<${name}>`, `</${name}>`]
  const found: string[] = []
  for (let at = text.indexOf(open); at >= 0; at = text.indexOf(open, at)) {
    const end = text.indexOf(close, at)
    if (end < 0) throw new S3Failure('MalformedXML')
    found.push(text.slice(at + open.length, end))
    at = end
  }
  return found
}

/** The text of the first element of this name. */
export function leafOf(text: string, name: string): string | undefined {
  const found = eachOf(text, name)[0]
  return found === undefined ? undefined : decodeEntities(found)
}
