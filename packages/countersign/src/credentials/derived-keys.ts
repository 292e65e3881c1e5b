/**
 * Keys derived of a secret, as programs print them: kDate, kRegion, kService and kSigning. Who has one can sign, so each is a secret.
 * 32 bytes have no form that nothing else has: the name before them tells.
 */

/** A key where it stands: which it is, and how its 32 bytes are written. `value` has neither quotes nor frame. */
export interface DerivedKey {
  readonly of: 'date' | 'region' | 'service' | 'signing'
  readonly written: 'hex' | 'base64' | 'bytes'
  readonly value: string
  readonly start: number
}

/** All of a text, in order. Time is linear in the text. */
export function derivedKeysIn(text: string): readonly DerivedKey[] {
  return [...text.matchAll(FORM)].map(({ 0: whole, index, groups = {} }) => {
    const { name, base64, double } = groups
    const hex = groups['hex'] ?? groups['buffer']
    const value = hex ?? base64 ?? double ?? groups['single']!
    return {
      of: name!.toLowerCase() as DerivedKey['of'],
      written: hex !== undefined ? 'hex' : base64 !== undefined ? 'base64' : 'bytes',
      value,
      start: index + whole.lastIndexOf(value),
    }
  })
}

const NAME = /(?<![a-z0-9])(?:k[_-]?(?=(?:date|region|service|signing))|(?=(?:date|region|service|signing)[_ -]?key))/
const REST = /(?<name>date|region|service|signing)(?:[_ -]?key)?["'`]?/
const NOTATION = /(?:[ \t_.(]{1,2}(?:in |as )?(?:hex\w{0,6}|base64|b64|bytes|digest)[)"']{0,2})?/
const SIGN = /[ \t]{0,12}(?:[:=]|[-=]>|[ \t])[ \t]{0,12}/
const VALUE = [
  /["'`]?(?:0x)?(?<hex>[0-9a-f]{64})(?![0-9a-z+/=])/,
  /["'`]?(?<base64>[a-z0-9+/]{43}=)(?!=)/,
  /<buffer (?<buffer>(?:[0-9a-f]{2} ){31}[0-9a-f]{2})>/,
  /b'(?<single>(?:\\[^\n]|[^'\\\n]){8,160})'/,
  /b"(?<double>(?:\\[^\n]|[^"\\\n]){8,160})"/,
]
const FORM = new RegExp(
  `${[NAME, REST, NOTATION, SIGN].map(({ source }) => source).join('')}(?:${VALUE.map(({ source }) => source).join('|')})`,
  'gi',
)
