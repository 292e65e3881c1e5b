/** What happened to a value on its way into a file or a variable. No answer repeats a piece of the value. */

/** What was done to a value, in words that end "the secret access key ...". None where it is as it was made. */
export function valueOddities(value: string): readonly string[] {
  return ODDITIES.filter(({ shows }) => shows(value)).map(({ says }) => says)
}

/** What of a pair does not look like keys of AWS. Keys of other servers have any form. */
export function foreignForm(accessKeyId: string, secret: string): readonly string[] {
  if (valueOddities(accessKeyId).length + valueOddities(secret).length > 0) return []
  return [
    ...(isKeyIdForm(accessKeyId)
      ? []
      : ['the access key ID is none of AWS: those begin with AKIA or ASIA, and have 20 capitals and digits']),
    ...(/^[A-Za-z0-9/+]+$/.test(secret) ? [] : ['the secret access key holds characters that no secret of AWS has']),
  ]
}

function isKeyIdForm(value: string): boolean {
  return /^A[A-Z]IA[A-Z0-9]{12,28}$/.test(value) || value === 'AKIDEXAMPLE'
}

/** What is wrong with a secret beside its ID. */
export function secretOddity(accessKeyId: string, secret: string): string | undefined {
  if (isKeyIdForm(secret)) return 'is an access key ID'
  return /^A[KS]IA[A-Z0-9]{16}$/.test(accessKeyId) && secret.length !== 40 ? `has ${secret.length} characters instead of 40` : undefined
}

const ODDITIES: readonly { readonly says: string; readonly shows: (value: string) => boolean }[] = [
  { says: 'is empty', shows: (value) => value === '' },
  { says: 'is a placeholder', shows: isPlaceholder },
  { says: 'begins with a byte order mark', shows: (value) => value.startsWith('\ufeff') },
  { says: 'ends with a carriage return', shows: (value) => value.endsWith('\r') },
  { says: 'holds a line break', shows: (value) => /[\r\n]./.test(value) || value.endsWith('\n') },
  { says: 'begins with white space', shows: (value) => /^[^\S\ufeff]/.test(value) },
  { says: 'ends with white space', shows: (value) => /[^\S\r\n]$/.test(value) },
  { says: 'has quotation marks around it, which become a part of it', shows: (value) => isQuoted(value.trim()) },
  { says: 'has a quotation mark at one end', shows: (value) => !isQuoted(value.trim()) && /^["']|["']$/.test(value.trim()) },
  { says: 'holds a comment, which becomes a part of it', shows: (value) => /\S\s+[#;]/.test(value) },
  { says: 'is URL-encoded (%2F, %2B or %3D)', shows: (value) => /%(?:2[BF]|3D)/i.test(value) },
  { says: 'holds a backslash, as an escape of JSON or of a shell', shows: (value) => value.includes('\\') },
  { says: 'holds a character that cannot be seen', shows: (value) => /[\u00a0\u00ad\u200b-\u200f\u2060]|.\ufeff/.test(value) },
]

function isQuoted(value: string): boolean {
  return value.length > 1 && /^["']/.test(value) && value.at(-1) === value[0]
}

function isPlaceholder(value: string): boolean {
  const plain = value.trim()
  return (
    (/^[<[{(]/.test(plain) && /[>\]})]$/.test(plain)) ||
    plain.startsWith('$') ||
    /^(?:x{4,}|\*{4,}|your[-_ ]|change[-_ ]?me$|todo$|secret$|none$|null$|undefined$)/i.test(plain)
  )
}
