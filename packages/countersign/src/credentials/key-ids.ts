/**
 * What may stand in the place of an access key ID and be shown. Anything else in that place may be the secret of a pair that was
 * exchanged, and no form tells the secrets of all vendors from their IDs.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html "Unique ID prefixes"
 */

/** Whether a text is of a form in which vendors write access key IDs in the open, or a plain name such as "minio". */
export function isKeyId(text: string): boolean {
  return FORMS.some((form) => form.test(text)) || KNOWN.has(text.toLowerCase()) || isPlainName(text)
}

/** Letters only, as people name an account of their own store; short, and no mix of capitals. */
function isPlainName(text: string): boolean {
  return text.length <= LONGEST_NAME && /^[A-Za-z]+(?:[-_.][A-Za-z]+){0,4}$/.test(text) && (text.match(/[a-z](?=[A-Z])/g) ?? []).length < 4
}

const LONGEST_NAME = 24
const FORMS: readonly RegExp[] = [
  // AWS, Ceph, DigitalOcean (DO00...), Google (GOOG1E...), Wasabi, Scaleway: capitals and digits. Not hex alone: keys are written so.
  /^(?![0-9A-F]+$)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{16,64}$/,
  // Garage
  /^GK[0-9a-f]{24}$/,
  // Backblaze
  /^00\d[0-9a-f]{12}0{3}[0-9a-f]{7}$/,
  // Alibaba
  /^LTAI[A-Za-z0-9]{12,24}$/,
]
/** Names of first accounts that hold a digit. */
const KNOWN: ReadonlySet<string> = new Set(['accesskey1', 'accesskey2', 's3admin', 's3user', 'user1', 'test1'])
