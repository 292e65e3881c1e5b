/**
 * Content-Type was signed without "charset" and sent with one, or the other way round: browsers, axios and frameworks append it.
 * @see https://xhr.spec.whatwg.org/#dom-xmlhttprequest-send
 * @see https://github.com/odysseyscience/react-s3-uploader/issues/106
 */
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { headerLabels, said } from './kit/header-labels.js'
import { type HeaderValues, type NamedHeaders, namedCandidates, narrowedTo, withHeaderValues } from './kit/headers-named.js'
import { suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

const HEAD = {
  id: 'header-charset-appended',
  class: 'header.changed',
  part: 'canonical-headers',
  narrow: true,
  plain: { values: [] },
  undo: withHeaderValues,
} as const

const ABOUT: NamedHeaders = {
  cause: HEAD.id,
  owns: (name, signed, calculated) =>
    name === 'content-type' && signed !== calculated && signed !== '' && bare(signed) === bare(calculated),
  guesses: (name, now) => (name === 'content-type' ? spellings(now) : []),
  seen: {
    weight: 0.3,
    ground: (name, now) =>
      name === 'content-type' && /charset/i.test(now)
        ? 'content-type is among the signed headers and arrived with a charset, which browsers and frameworks append.'
        : undefined,
  },
}

export const headerCharsetAppended = defineCause<HeaderValues>({
  ...HEAD,
  summary: 'Content-Type was signed without the charset with which it was sent, or the other way round',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => narrowedTo(file, ABOUT.owns, suspicionsOf(file, HEAD, namedCandidates(file, ABOUT))),
  shownBy: ({ names, values }) => ({ values: names.map((name) => [name, values['signed'] ?? ''] as const) }),
  explain,
})

/** The media type without its parameters. */
function bare(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim().toLowerCase()
}

function spellings(now: string): string[] {
  const type = (now.split(';', 1)[0] ?? '').trim()
  return [type, ...CHARSETS.map((charset) => type + charset), now.toLowerCase(), now.replace(/;\s*/, ';'), now.replace(/;\s*/, '; ')]
}

function explain(match: Match<HeaderValues>): Explanation {
  const labels = headerLabels(match, withHeaderValues, 'header-changed-in-transit', 'the two differ in the charset only')
  const type = match.params.values[0]?.[1] ?? '<type>'
  return {
    what: said(labels, 'Content-Type was signed with another charset parameter than it was sent with'),
    why: 'Content-Type is a signed header and counts with all its parameters, letter by letter; XMLHttpRequest, axios, servlet containers and .NET append or rewrite "charset" when a text is sent',
    labels,
    fixes: [
      { title: 'sign the Content-Type that is sent, with its charset; or send the one that was signed', applicability: 'exact' },
      {
        title: 'send bytes in place of a string: browsers append a charset to texts only',
        applicability: 'exact',
        command: `fetch(url, { method: 'PUT', headers: { 'Content-Type': '${type}' }, body: new Blob([text], { type: '${type}' }) })`,
        appliesTo: ['javascript'],
      },
      {
        title: 'set the type on the content; StringContent appends "; charset=utf-8"',
        applicability: 'exact',
        command: `content.Headers.ContentType = new MediaTypeHeaderValue("${type}");`,
        appliesTo: ['dotnet'],
      },
      {
        title: 'send bytes: a StringEntity or String body gets a charset',
        applicability: 'exact',
        command: `new ByteArrayEntity(bytes, ContentType.parse("${type}"))`,
        appliesTo: ['httpclient'],
      },
      { title: 'presign without Content-Type, and let the uploader send what it likes', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'add the Content-Type to the CORS rules',
        why: 'CORS decides what a browser may send; the signature is checked over what it sent',
      },
      { title: 'remove the charset by a rule in a proxy', why: 'it mends one client; where the charset was signed it breaks the others' },
    ],
    check:
      'look at the Content-Type in the network log of the client that sends: it differs from the signed one in "charset" only; made equal, the request passes',
  }
}

const CHARSETS = [
  '; charset=utf-8',
  '; charset=UTF-8',
  ';charset=utf-8',
  ';charset=UTF-8',
  '; charset=ISO-8859-1',
  ';charset=ISO-8859-1',
  '; charset="utf-8"',
]
