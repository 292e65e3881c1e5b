/**
 * Texts that are credentials wherever they stand: known by their form alone. Forms that something else has too (64 hexadecimal
 * digits, UUIDs) are not among them; those count in their places only.
 */
import { isAuthorizationPart } from './authorization-value.js'
import type { HiddenKind } from './hidden-kind.js'
import { isKeyId } from './key-ids.js'

/** A form; what is hidden is the group `hidden`, or all of it. */
export interface CredentialForm {
  readonly kind: HiddenKind
  readonly form: RegExp
  /** A second look, where the form alone says too little. */
  readonly only?: (text: string) => boolean
}

/** How often letters change their case or become digits: what nobody wrote by hand does so all the time. */
export function isMixed(text: string, leastShare: number): boolean {
  let changes = 0
  let last = ''
  let count = 0
  for (const character of text) {
    const kind =
      character >= '0' && character <= '9' ? '0' : character >= 'a' && character <= 'z' ? 'a' : /[A-Z]/.test(character) ? 'A' : ''
    if (kind === '') continue
    count++
    if (last !== '' && kind !== last) changes++
    last = kind
  }
  return changes >= count * leastShare
}

function isAwsSecret(text: string): boolean {
  const plain = text.replace(/%2[fFbB]/g, '/')
  return plain !== PUBLISHED_SECRET && /[a-z]/.test(plain) && /[A-Z]/.test(plain) && /\d/.test(plain) && isMixed(plain, 0.28)
}

/** Whether a text may be regions or a service: short words, or a placeholder that nobody filled in. */
function isScope(text: string): boolean {
  return text.split(/,|%2c/i).every(isScopeWord)
}

function isScopeWord(text: string): boolean {
  if (/^[$<{%*]/.test(text)) return true
  return text.length <= LONGEST_SCOPE_WORD && /^[A-Za-z0-9_.*-]+$/.test(text) && !(text.length >= 16 && isMixed(text, 0.28))
}

const LONGEST_SCOPE_WORD = 28
/** What ends a scope, or is written where its end belongs. */
const END_OR_REGION = /request|^[$<{%*]|^[a-z]{2}(?:-[a-z]{1,12}){1,4}-\d$/i

/** The example of AWS's own pages, with which people test how they derive a key. */
export const PUBLISHED_SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'

/** As the source of a pattern. */
export const VENDOR_PREFIXES = String.raw`gh[opsur]_|github_pat_|gl(?:pat|dt|rt|cbt|ptt|oas)-|xox[a-z]-|xapp-|[srp]k_(?:live|test)_|whsec_|sk-(?:proj-|ant-)?|AIza|ya29\.|GOCSPX-|npm_|pypi-|do[opr]_v1_|hv[sbr]\.|SG\.|shp(?:at|ss|ca|pa)_|dckr_pat_|hf_|glsa_|sntrys_|rubygems_|PMAK-|dapi|NRAK-|lin_api_|figd_|AGE-SECRET-KEY-|AT[AC]TT3x|ATBB|tskey-|xkeysib-|nfp_|sbp_|gsk_|xai-|r8_|pplx-|ntn_|phx_|sgp_|BBDC-|CFPAT-|sq0csp-|shpua_|dp\.[cps][at]\.`

export const CREDENTIAL_FORMS: readonly CredentialForm[] = [
  // What the tokens of AWS STS begin with.
  { kind: 'token', form: /(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|AQo[A-Z]?[EDZ]YXdz)[A-Za-z0-9+/=%_-]{16,}/g },
  // JSON Web Tokens, signed or encrypted, whole or cut.
  { kind: 'credential', form: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*){1,4}/g },
  { kind: 'credential', form: /-----BEGIN(?: |%20|\+)(?:[A-Z]|%20|[ +]){0,30}PRIVATE(?: |%20|\+)KEY-----(?<hidden>[^-]{1,20000})/g },
  // Prefixes by which vendors and scanners know their own tokens.
  {
    kind: 'credential',
    form: new RegExp(`(?<![A-Za-z0-9])(?:${VENDOR_PREFIXES})[A-Za-z0-9_.-]{16,}`, 'g'),
  },
  // Those of Azure's applications, Discord's and Telegram's bots, and Mailgun have their mark elsewhere.
  { kind: 'credential', form: /(?<![\w~.-])[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}(?![\w~-])/g },
  { kind: 'credential', form: /(?<![\w.-])[MNO][A-Za-z0-9_-]{23,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}(?![\w-])/g },
  { kind: 'credential', form: /(?<!\w)\d{8,10}:AA[A-Za-z0-9_-]{33}(?![\w-])|(?<![\w-])key-[0-9a-f]{32}(?!\w)/g },
  {
    kind: 'credential',
    form: /(?<![A-Za-z])(?:Bearer|Basic|Token|ApiKey|SharedKey(?:Lite)?|Negotiate|Digest) (?<hidden>[A-Za-z0-9+/=._~:-]{12,})/g,
  },
  // Services repeat what they could not read of an Authorization header.
  {
    kind: 'credential',
    form: /'(?<hidden>[^'\n[\]]{6,500})' not (?:a|in) valid key=value pair/g,
    only: (text) => !isAuthorizationPart(text),
  },
  {
    kind: 'credential',
    form: /authorization component "(?<hidden>[^"\n[\]]{6,500})" is malformed/gi,
    only: (text) => !isAuthorizationPart(text),
  },
  // Who exchanged the arguments of a signer has a secret in the place of the region or the service; services repeat it.
  {
    kind: 'credential',
    form: /(?:the region|region name|valid region, not|(?:incorrect|unknown) service|(?:incorrect terminal|valid terminator: 'aws4_request', not)) ['"`](?<hidden>[^'"`\n[\]]{12,500})['"`]/gi,
    only: (text) => !isScope(text),
  },
  {
    kind: 'credential',
    form: /(?:\/|%2f|%252f)\d{8}(?:\/|%2f|%252f)(?<hidden>[^\s/%,;&"'<>[\]]{12,500})(?=(?:\/|%2f|%252f))/gi,
    only: (text) => !isScope(text),
  },
  // Further back in a scope only where a credential begins: paths hold dates and long names, too.
  {
    kind: 'credential',
    form: /credential(?:=|%3d|["']?[:=]\s?["']?)[^\s/%,&"'<>]{1,200}(?:\/|%2f|%252f)\d{8}(?:\/|%2f|%252f)[^\s/%,;&"'<>]{0,60}(?:\/|%2f|%252f)(?<hidden>[^\s/%,;&"'<>[\]]{12,500})/gi,
    only: (text) => !isScope(text),
  },
  {
    kind: 'credential',
    form: /credential(?:=|%3d|["']?[:=]\s?["']?)[^\s/%,&"'<>]{1,200}(?:\/|%2f|%252f)\d{8}(?:(?:\/|%2f|%252f)[^\s/%,;&"'<>]{0,60}){2}(?:\/|%2f|%252f)(?<hidden>[^\s,;&"'<>[\]]{12,500})/gi,
    only: (text) => !isScope(text) || (/\d/.test(text) && !END_OR_REGION.test(text)),
  },
  { kind: 'key-id', form: /(?<![A-Za-z0-9])AWS (?<hidden>[^\s:'"<>[*]{5,512}):[A-Za-z0-9+/]{27}=/g, only: (text) => !isKeyId(text) },
  // scheme://user:password@host; a port is no password.
  {
    kind: 'credential',
    form: /(?<![a-z0-9+.])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/?#@"'<>[\]]{0,128}:(?<hidden>(?![\d]{1,5}(?:[/?#]|$))(?:[^\s/"'<>@[\]*]|\*(?!\*\*)){3,256})@/gi,
  },
  // scheme://token@host
  {
    kind: 'credential',
    form: /(?<![a-z0-9+.])[a-z][a-z0-9+.-]{1,20}:\/\/(?<hidden>[^\s:/?#@"'<>[\]*$]{12,256})@/gi,
    only: (text) => /\d/.test(text) && isMixed(text, 0.2),
  },
  // Addresses that are keys: web hooks of Slack, bots of Telegram.
  { kind: 'credential', form: /hooks\.slack\.com\/services\/T[A-Z0-9]{4,16}\/B[A-Z0-9]{4,16}\/(?<hidden>[A-Za-z0-9]{16,64})/g },
  { kind: 'credential', form: /\/bot\d{6,12}:(?<hidden>[A-Za-z0-9_-]{30,64})/g },
  // What stands behind an access key ID: mc alias set NAME URL id secret, id:secret of s3fs, ("id", "secret") of a constructor.
  {
    kind: 'credential',
    form: /(?<!\w)mc[^\n]{0,40}? (?:alias set|config host add)[ \t]{1,4}\S{1,64}[ \t]{1,4}\S{1,256}[ \t]{1,4}\S{1,128}[ \t]{1,4}["']?(?<hidden>[^\s"'$<[*-][^\s"']{3,256})/g,
  },
  {
    kind: 'credential',
    form: /(?<![A-Za-z0-9]|AWS[ +]|AWS%20)A[KS]IA[A-Z0-9]{12,124}:(?<hidden>[^\s"'<>[*/:,;&][^\s"'<>,;&]{7,256})/g,
    only: (text) => /\d/.test(text) && /[A-Za-z]/.test(text),
  },
  {
    kind: 'credential',
    form: /["'](?:A[KS]IA[A-Z0-9]{12,124}|minioadmin)["']\s{0,8},\s{0,40}@?["'](?<hidden>[^\s"'$<[*]{6,512})["']/g,
    only: (text) => !isKeyId(text) && !END_OR_REGION.test(text),
  },
  // curl -b 'cookie', sshpass -p password
  { kind: 'credential', form: /(?<!\w)curl [^\n]{0,300}?-b[ \t]{0,4}(["'])(?<hidden>[^"'\n[$]{4,2000})\1/g },
  { kind: 'credential', form: /(?<!\w)sshpass[ \t]{1,4}-p[ \t]{0,4}["']?(?<hidden>[^\s"'$<[*]{4,256})/g },
  // curl -u id:secret
  { kind: 'credential', form: /(?<=\s)(?:-u|-U|--(?:proxy-)?user)[ =]{1,4}["']?[^\s:"']{1,200}:(?<hidden>[^\s"'$<[*][^\s"']{2,512})/g },
  // Azure's account keys; a SHA-512 is as long, and says so.
  {
    kind: 'credential',
    form: /(?<![A-Za-z0-9+]|sha512[-:=])(?:[A-Za-z0-9+/]|%2[fb]){86}(?:==|%3d%3d)(?![A-Za-z0-9+/=])/gi,
    only: (text) => isMixed(text, 0.28),
  },
  // AWS's secrets, as they are or percent-encoded, also as a word of a path. No base64 of 40 characters is filled up with "=".
  { kind: 'secret', form: /(?<![A-Za-z0-9+/%])(?:[A-Za-z0-9+/]|%2[fFbB]){40}(?![A-Za-z0-9+/%])/g, only: isAwsSecret },
  { kind: 'secret', form: /(?<=\/)(?:[A-Za-z0-9+/]|%2[fFbB]){40}(?![A-Za-z0-9+%])/g, only: isAwsSecret },
  // Passwords of SES for SMTP: 33 bytes, the first of which is a version, 4.
  {
    kind: 'secret',
    form: /(?<![A-Za-z0-9+%])B[A-P](?:[A-Za-z0-9+/]|%2[fFbB]){42}(?![A-Za-z0-9+/%])/g,
    only: isAwsSecret,
  },
]
