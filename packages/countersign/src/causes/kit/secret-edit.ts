/**
 * What the causes that mangle a secret have in common: named edits of it, and words that never show it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */

import type { CaseFile } from '../../case/index.js'
import { SecretAccessKey, type SigningInputs } from '../../sigv4/index.js'
import { dangerSecretOf } from './case-views.js'
import type { Match } from './cause.js'
import type { Explanation, Fix, Label, WrongFix } from './explanation.js'
import type { Candidate } from './suspicion.js'
import { CHANGE_IAM_POLICIES, SEND_AGAIN } from './wrong-fixes.js'

/** One way in which the signer's secret differs from the one the user gave. */
export interface SecretEdit {
  /** The signer's secret, made of the user's. */
  readonly edit: (secret: string) => string
  /** "ended in a line feed": goes on after "the signer's secret access key". */
  readonly says: string
  /** How the edit looks on a placeholder, "<secret access key>\n"; absent: as for the secret itself. */
  readonly shown?: string
}

/** Edits by name; the names are parameters and stay for ever. */
export type SecretEdits = Readonly<Record<string, SecretEdit>>

/** Which edit. */
export interface SecretParams {
  readonly edit: string
}

/** The inputs with the secret as an edit makes it; the same object where there is no secret or the edit changes nothing. */
export function withEditedSecret(inputs: SigningInputs, edits: SecretEdits, { edit }: SecretParams): SigningInputs {
  const secret = dangerSecretOf(inputs)
  const edited = secret === undefined ? undefined : edits[edit]?.edit(secret)
  if (edited === undefined || edited === secret || edited === '') return inputs
  return { ...inputs, key: new SecretAccessKey(edited) }
}

/**
 * Every edit as a candidate.
 * @param odd What is odd about a secret as given, in a whole sentence that does not show it; the edit that mends it.
 */
export function* secretCandidates(
  file: CaseFile,
  edits: SecretEdits,
  odd?: { readonly edit: string; readonly when: RegExp; readonly ground: string },
): Iterable<Candidate<SecretParams>> {
  const secret = file.inputs === undefined ? file.known.secrets?.[0]?.secretAccessKey.dangerValue() : dangerSecretOf(file.inputs)
  if (secret !== undefined && odd?.when.test(secret)) yield { params: { edit: odd.edit }, weight: 0.5, grounds: [odd.ground] }
  for (const edit of Object.keys(edits)) yield { params: { edit } }
}

/** What differs from cause to cause. */
export interface SecretWords {
  readonly edits: SecretEdits
  /** Goes on after "the signer's secret access key" where no single edit was singled out. */
  readonly plain?: string
  /** How it comes about, for the "why". */
  readonly how: string
  readonly fixes: readonly Fix[]
  readonly wrongFixes?: readonly WrongFix[]
  readonly check: string
}

/** The explanation of an edit. Says lengths and places, never a character of the secret. */
export function explainSecret({ params, verifier }: Match<SecretParams>, words: SecretWords): Explanation {
  const edit = words.edits[params.edit]
  const tested = verifier !== undefined && withEditedSecret(verifier, words.edits, params) !== verifier
  return {
    what: `your secret access key ${edit?.says ?? words.plain ?? 'was not the one that was issued'}`,
    why: `every byte of the secret goes into the signing key, so one byte more or less gives a signature that has nothing in common with the right one; ${words.how}`,
    labels: edit?.shown === undefined && !tested ? [] : [secretLabel(edit)],
    fixes: words.fixes,
    wrongFixes: [...(words.wrongFixes ?? []), CHANGE_THE_REQUEST, CHANGE_IAM_POLICIES, SEND_AGAIN],
    check: words.check,
  }
}

function secretLabel(edit: SecretEdit | undefined): Label {
  return {
    part: 'signing-key',
    calculated: PLACEHOLDER,
    signed: edit?.shown ?? '<another text>',
    note: edit === undefined ? 'the two secrets differ' : `your secret ${edit.says}`,
  }
}

/** The request is right here. */
export const CHANGE_THE_REQUEST: WrongFix = {
  title: 'change headers, the path or the query of the request',
  why: 'what was signed is right; it was signed with the wrong key, and any other text meets the same mismatch',
}

/** The secret stands for itself. */
export const PLACEHOLDER = '<secret access key>'

/** How to see what a variable holds without showing it. */
export const COUNT_CHARACTERS =
  'count the characters where the signer reads them: printf %s "$AWS_SECRET_ACCESS_KEY" | wc -c prints 40 for a secret that AWS issued; where it does, this is not the cause'

/** For changes that need not change the length. */
export const COMPARE_HASHES =
  'compare hashes, here and where the value was right: printf %s "$AWS_SECRET_ACCESS_KEY" | sha256sum; where the two agree, this is not the cause (a hash of a secret is for your eyes only)'
