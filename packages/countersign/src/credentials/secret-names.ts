/** Credentials that stand where a name belongs: of a header, whose letters were made small. */

/**
 * Whether the name of a header is a credential. A signer that got its arguments in another order has made it one, and the canonical form
 * has made its letters small; so the forms are asked without their capitals.
 */
export function isSecretName(name: string): boolean {
  if (name.length < SHORTEST) return false
  return PREFIXED.test(name) || (/^[a-z0-9+/=_.%]+$/i.test(name) && (/[+/=]/.test(name) || hasDigitsAmidLetters(name)))
}

/** Not hexadecimal digits alone: names of metadata hold hashes. */
function hasDigitsAmidLetters(name: string): boolean {
  const changes = name.match(/[a-z](?=\d)|\d(?=[a-z])/gi)?.length ?? 0
  return /[g-z]/i.test(name) && changes >= name.length * LEAST_MIXED
}

const SHORTEST = 20
const LEAST_MIXED = 0.12
/** What tokens of AWS STS, JSON Web Tokens and those of vendors begin with. */
const PREFIXED =
  /^(?:iqojb3jpz2lu|[fq][wq]ogzxivyxdz|aqo[a-z]?[edz]yxdz|eyj[a-z0-9_-]{10,2000}\.|gh[opsur]_|github_pat_|gl(?:pat|dt|rt|cbt|ptt|oas)-|xox[a-z]-|xapp-|[srp]k_(?:live|test)_|sk-(?:proj-|ant-)|aiza|gocspx-|npm_|pypi-|hvs\.)/i
