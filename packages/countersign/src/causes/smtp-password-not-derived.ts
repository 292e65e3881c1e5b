/**
 * The secret access key was given to an SMTP server of Amazon SES as the password, or a password of another region or of an older key.
 * @see https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html
 */
import type { CaseFile } from '../case/index.js'
import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES } from './kit/wrong-fixes.js'

type Params = Readonly<Record<never, never>>

const HEAD = { id: 'smtp-password-not-derived', class: 'key.derivation', undo } as const

export const smtpPasswordNotDerived = defineCause<Params>({
  ...HEAD,
  part: 'signing-key',
  summary: 'the SMTP password is not the one that is derived from the secret access key for this region',
  schemes: 'any',
  refusedAt: ['not-by-the-verifier'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  explain: ({ file }) => ({
    what: 'the SMTP server of Amazon SES refused the user name or the password; the password is derived from a secret access key, and is not the key itself',
    why: 'SES signs a fixed text with the key and takes the result as the password: it holds for one region, and changes with the key',
    labels: [],
    fixes: [
      {
        title: `derive the password, with Python, for the region of the SMTP endpoint${regionOf(file) === undefined ? '' : `, ${regionOf(file)}`}; the user name is the access key ID`,
        applicability: 'exact',
        // Whatever sends the mail: Python is only what derives it here.
        command: derivation(regionOf(file) ?? '<region>'),
      },
      { title: 'derive it again after every rotation of the key: the old password goes with the old key', applicability: 'maybe' },
      { title: 'take a key of an IAM user; temporary credentials (ASIA) have no SMTP password', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      { title: 'percent-encode or quote the secret access key', why: 'it is not the password in any spelling' },
      { title: 'sign the SMTP session with Version 4', why: 'SMTP of SES knows user name and password only; the SES API is signed' },
    ],
    check: 'count the characters of the password: a derived one has 44 and begins with "B"; a secret access key has 40',
  }),
})

function candidates(_: CaseFile): Iterable<Candidate<Params>> {
  return []
}

/** The region of the SMTP endpoint that the evidence names. */
function regionOf({ observations }: CaseFile): string | undefined {
  for (const seen of observations) {
    const found = seen.kind === 'clue' ? seen.values['region'] : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function derivation(region: string): string {
  return [
    'import base64, hashlib, hmac, os',
    "key = ('AWS4' + os.environ['AWS_SECRET_ACCESS_KEY']).encode()",
    `for part in ('11111111', '${region}', 'ses', 'aws4_request', 'SendRawEmail'):`,
    '    key = hmac.new(key, part.encode(), hashlib.sha256).digest()',
    "print(base64.b64encode(b'\\x04' + key).decode())",
  ].join('\n')
}

/** Nothing to edit: nothing was signed. */
function undo(inputs: SigningInputs, _: Params): SigningInputs {
  return inputs
}
