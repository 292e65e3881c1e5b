/**
 * What a curl command line itself lets one suspect, before any answer is read.
 * @see https://github.com/curl/curl/issues/9717 for the query order
 * @see https://github.com/curl/curl/issues/10129 for the path
 */

import type { About, Said, Strength, Values } from '../../case/index.js'
import type { CurlCall } from '../../evidence/index.js'
import { splitTarget } from '../../sigv4/index.js'
import { urlParts } from '../../text/index.js'

/** What a command line lets one suspect. */
export type Hint = Omit<Said, 'rule'>

/** The hints of one call. */
export function curlHints(call: CurlCall): readonly Hint[] {
  if (call.sigv4 === undefined) return unsignedHints(call)
  return call.urls.flatMap((url) => signedHints(url, call.sigv4 ?? ''))
}

/** A URL out of a variable, sent with another method than GET: presigned URLs cover one method. */
function unsignedHints({ method, urls, headers, user }: CurlCall): readonly Hint[] {
  const variable = urls.some((url) => /^\$\{?\w{0,60}(?:url|link|presign)\w{0,60}\}?$/i.test(url))
  if (!variable || method === 'GET' || user !== undefined || headers.some(([name]) => /^authorization$/i.test(name))) return []
  return [
    {
      about: 'method-changed',
      strength: 'weak',
      message: `The URL in the variable is sent with ${method}; a presigned URL covers one method only.`,
      values: { sent: method },
    },
  ]
}

function signedHints(url: string, sigv4: string): readonly Hint[] {
  const shown = url.replace(VARIABLE, 'v')
  const { path, query } = splitTarget(urlParts(shown)?.target ?? shown.replace(/^[^/?]*/, ''))
  const host = urlParts(shown)?.host ?? ''
  const service = sigv4.split(':')[3] || host.split('.')[0]!
  const s3 = /^s3(?:$|-|express)/.test(service)
  return [...queryHints(query), ...(s3 ? [] : pathHints(path, service))]
}

function queryHints(query: string | undefined): readonly Hint[] {
  const pieces = query === undefined ? [] : query.split('&').filter((piece) => piece !== '')
  const sorted = pieces.every((piece, i) => i === 0 || nameOf(pieces[i - 1]!) <= nameOf(piece))
  const valueless = pieces.find((piece) => !piece.includes('='))
  return [
    ...(sorted
      ? []
      : [
          {
            about: 'query-not-sorted' as const,
            strength: 'strong' as const,
            message:
              'The query of the curl --aws-sigv4 command is not in sorted order, and curl signed it as given until it learned to sort.',
            values: {},
          },
        ]),
    ...(valueless === undefined
      ? []
      : [
          {
            about: 'query.changed' as const,
            strength: 'fair' as const,
            message: `The query parameter "${valueless}" has no "="; the canonical query string needs one.`,
            values: { parameter: valueless },
          },
        ]),
  ]
}

function pathHints(path: string, service: string): readonly Hint[] {
  const reserved = /[^A-Za-z0-9\-._~/%]/.exec(path)?.[0]
  if (reserved !== undefined)
    return [
      {
        about: 'path-not-encoded',
        strength: 'strong',
        message: `The path holds "${reserved}", which the canonical URI must hold percent-encoded; curl --aws-sigv4 signs the path as given.`,
        values: { char: reserved },
      },
    ]
  const escaped = /%[0-9A-Fa-f]{2}/.exec(path)?.[0]
  if (escaped === undefined) return []
  return [
    {
      about: 'path-encoded-once',
      strength: 'strong',
      message: `The path holds "${escaped}"; for ${service} the canonical URI encodes the path once more, and curl --aws-sigv4 signs it as given.`,
      values: { escape: escaped },
    },
  ]
}

function nameOf(piece: string): string {
  return piece.split('=', 1)[0]!
}

const VARIABLE = /\$\{[^{}\n]{1,60}\}|\$\w{1,60}|<[^<>\n]{1,60}>|\{\{?\w{1,60}\}?\}/g
