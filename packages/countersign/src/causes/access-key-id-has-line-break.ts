/**
 * The access key ID has a line break or white space at its end, so that clients refuse to send the header it stands in.
 * @see https://github.com/rusoto/rusoto/issues/1589
 * @see https://github.com/ansible/ansible-modules-core/issues/2353
 */

import { type CaseFile, statedFacts } from '../case/index.js'
import { authorizationOf, parseAuthorization, type SigningInputs, uriDecode } from '../sigv4/index.js'
import { accessKeyIdOf } from './kit/access-key-seen.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES } from './kit/wrong-fixes.js'

/** What stands in the access key ID, by name; absent: the client does not show it. */
interface Params {
  readonly char?: string
}

const HEAD = {
  id: 'access-key-id-has-line-break',
  class: 'secret.mangled',
  undo,
  narrow: true,
} as const

export const accessKeyIdHasLineBreak = defineCause<Params>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'the access key ID held a line break or white space',
  schemes: 'any',
  refusedAt: ['not-by-the-verifier', 'credential', 'access-key', 'token', 'authorization-parts'],
  shownBy: ({ values }) => ({ char: nameOf(values['char'] ?? '') }),
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  undo,
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  for (const stated of statedFacts(file, 'header-value-refused-by-client')) {
    const { value, char } = stated.values
    const found = value === undefined ? undefined : IN_KEY_ID.exec(value)?.[1]
    if (found !== undefined) {
      yield {
        params: { char: nameOf(found) },
        weight: 0.95,
        stated,
        grounds: ['The value that the client refused shows it right after the access key ID.'],
      }
    } else if (value === undefined || value === '') {
      const header = stated.values['header'] ?? stated.values['name']
      if (header !== undefined && !/^authorization$/i.test(header)) continue
      const grounds = [
        'The client refused a header value; the Authorization header is the one that holds what somebody typed, the access key ID.',
      ]
      yield { params: char === undefined ? {} : { char: nameOf(char) }, weight: 0.5, grounds }
    }
  }
  for (const seen of file.observations) {
    if (seen.kind !== 'request' && seen.kind !== 'authorization') continue
    const authorization = seen.kind === 'request' ? authorizationOf(seen.request) : parseAuthorization(seen.value)
    const id = authorization === undefined ? undefined : accessKeyIdOf(authorization)
    const found = id === undefined ? undefined : /^[A-Za-z0-9]{4,}(\s|%0[AD]|%20|%09|\\[nr])/i.exec(id)?.[1]
    if (found === undefined || seen.fidelity !== 'exact') continue
    yield { params: { char: nameOf(found) }, weight: 0.9, stated: seen, grounds: ['The credential of the request shows it.'] }
  }
}

/** The access key ID is not part of what is signed by the header; the secret beside it is another cause. */
function undo(inputs: SigningInputs): SigningInputs {
  return inputs
}

function nameOf(char: string): string {
  const plain = char.startsWith('%') ? uriDecode(char) : char
  return NAMES[plain] ?? 'a character that no access key ID holds'
}

function explain({ params }: Match<Params>): Explanation {
  const char = params.char ?? 'a line break or white space'
  return {
    what: `the access key ID was followed by ${char}`,
    why: 'the ID stands in the Authorization header, and a header value cannot hold a line break. The client refuses to send it, or the service finds no key of that name. The secret access key comes from the same place as a rule, and then ends in the same way, which spoils the signature',
    labels: [
      {
        part: 'authorization',
        calculated: '<access key ID>',
        signed: `<access key ID, then ${char}>`,
        note: 'the ID did not end where it should',
      },
    ],
    fixes: [
      {
        title: 'strip ID and secret where they are read',
        applicability: 'exact',
        command:
          'export AWS_ACCESS_KEY_ID="$(printf %s "$AWS_ACCESS_KEY_ID" | tr -d \'\\r\\n \')" AWS_SECRET_ACCESS_KEY="$(printf %s "$AWS_SECRET_ACCESS_KEY" | tr -d \'\\r\\n \')"',
        appliesTo: ['shell'],
      },
      {
        title: 'turn DOS line endings of the script or .env file into Unix ones',
        applicability: 'has-placeholders',
        command: 'dos2unix <file>',
        appliesTo: ['windows'],
      },
      {
        title: 'store the value without the line break that "echo" adds',
        applicability: 'has-placeholders',
        command: "printf %s '<access key ID>' | base64 -w0",
        appliesTo: ['kubernetes'],
      },
      {
        title: 'trim both values in code',
        applicability: 'maybe',
        command: 'value.strip()  # value.trim(), strings.TrimSpace(value)',
      },
    ],
    wrongFixes: [
      {
        title: 'escape the "/" of the secret',
        why: 'a slash is a common character of secrets and no fault; the line ending is what the client refuses',
      },
      { title: 'create new access keys', why: 'they come the same way and arrive with the same line ending' },
      CHANGE_IAM_POLICIES,
    ],
    check:
      'printf %s "$AWS_ACCESS_KEY_ID" | od -An -c | tail -1 shows the last characters: if the ID ends in a letter or digit, this is not the cause',
  }
}

/**
 * What follows the access key ID before the scope or, in Signature Version 2, before the signature. As itself or as an escape. The ID is as
 * the client read it: servers have IDs of other characters, and one that was encoded once more than it was decoded ends in "=".
 */
const IN_KEY_ID = /(?:Credential=|^\W*AWS )[A-Za-z0-9*+=_.-]{2,128}(\\r\\n|\\[nrt]|\\x0[ad9]|\r\n|[\r\n\t ])/
const NAMES: Readonly<Record<string, string>> = {
  '\n': 'a line feed',
  '\\n': 'a line feed',
  '\\x0a': 'a line feed',
  '\r': 'a carriage return',
  '\\r': 'a carriage return',
  '\\x0d': 'a carriage return',
  '\r\n': 'a carriage return and a line feed',
  '\\r\\n': 'a carriage return and a line feed',
  '\t': 'a tab',
  '\\t': 'a tab',
  '\\x09': 'a tab',
  ' ': 'a space',
}
