/**
 * What the causes about the derivation of the signing key have in common: the edit, and words and repairs.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */
import { AWS4_ECDSA_P256_SHA256, type CredentialScope, type KeyDerivation, SecretAccessKey, type SigningInputs } from '../../sigv4/index.js'
import type { Fix, Label, WrongFix } from './explanation.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './wrong-fixes.js'

/** The inputs with another derivation; the same object where no secret is known or nothing changes. */
export function withDerivation(inputs: SigningInputs, change: Partial<KeyDerivation>): SigningInputs {
  // A key pair of Signature Version 4A is derived in another way, of which no mistake is known.
  if (!(inputs.key instanceof SecretAccessKey) || inputs.algorithm === AWS4_ECDSA_P256_SHA256) return inputs
  const derivation = { ...inputs.derivation, ...change }
  return chainText(derivation, inputs.scope) === chainText(inputs.derivation, inputs.scope) ? inputs : { ...inputs, derivation }
}

/** The chain as nested calls, "HMAC(HMAC(...), "us-east-1")": what can be shown without a key. */
export function chainText(derivation: KeyDerivation, scope: CredentialScope): string {
  let text = `"${derivation.prefix}" + secret`
  for (const part of derivation.chain) {
    const message = `"${derivation.scope[part] ?? scope[part]}"`
    const call = derivation.swapped === 'all' ? `HMAC(${message}, ${text})` : `HMAC(${text}, ${message})`
    text = derivation.passedOn === 'bytes' ? call : `${derivation.passedOn}(${call})`
  }
  return derivation.swapped === 'none' ? text : `HMAC(stringToSign, ${text})`
}

/** Both chains side by side. */
export function chainLabels(verifier: SigningInputs | undefined, signer: SigningInputs | undefined, note: string): Label[] {
  if (verifier === undefined || signer === undefined) return []
  const [calculated, signed] = [chainText(verifier.derivation, verifier.scope), chainText(signer.derivation, signer.scope)]
  return calculated === signed ? [] : [{ part: 'signing-key', calculated, signed, note }]
}

/** Take it from a library. */
export const USE_A_LIBRARY: Fix = {
  title: 'let a library derive the key and sign: botocore.auth, @smithy/signature-v4, aws4fetch, aws-sigv4 (Ruby, Rust), curl --aws-sigv4',
  applicability: 'maybe',
}

/** The chain as it has to be, in the languages in which it is written by hand. */
export const STANDARD_CHAIN: readonly Fix[] = [
  {
    title: 'derive the key so',
    applicability: 'exact',
    command:
      "h = lambda k, m: hmac.new(k, m.encode(), hashlib.sha256).digest()\nkey = h(h(h(h(('AWS4' + secret).encode(), date), region), service), 'aws4_request')\nsignature = hmac.new(key, string_to_sign.encode(), hashlib.sha256).hexdigest()",
    appliesTo: 'Python',
  },
  {
    title: 'derive the key so',
    applicability: 'exact',
    command:
      "const h = (key, text) => crypto.createHmac('sha256', key).update(text).digest()  // no 'hex' here\nconst key = h(h(h(h('AWS4' + secret, date), region), service), 'aws4_request')\nconst signature = h(key, stringToSign).toString('hex')",
    appliesTo: 'Node.js',
  },
  {
    title: 'derive the key so; crypto-js takes the message first and the key second',
    applicability: 'exact',
    command:
      "const h = (key, text) => CryptoJS.HmacSHA256(text, key)\nconst key = h(h(h(h('AWS4' + secret, date), region), service), 'aws4_request')\nconst signature = h(key, stringToSign).toString(CryptoJS.enc.Hex)",
    appliesTo: 'crypto-js, Postman',
  },
  {
    title: 'derive the key so; "true" asks for bytes, and only the last call gives hexadecimal digits',
    applicability: 'exact',
    command:
      "$h = fn($key, $text) => hash_hmac('sha256', $text, $key, true);\n$key = $h($h($h($h('AWS4' . $secret, $date), $region), $service), 'aws4_request');\n$signature = hash_hmac('sha256', $stringToSign, $key);",
    appliesTo: 'PHP',
  },
  {
    title: 'derive the key so; hand intermediate keys on as hexkey',
    applicability: 'exact',
    command:
      'h() { printf %s "$2" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$1" | sed "s/^.* //"; }\nk=$(printf %s "AWS4$SECRET" | od -An -tx1 | tr -d " \\n")\nfor part in "$DATE" "$REGION" "$SERVICE" aws4_request; do k=$(h "$k" "$part"); done\nh "$k" "$STRING_TO_SIGN"',
    appliesTo: 'shell with openssl',
  },
]

/** What tempts here and mends nothing. */
export const KEY_WRONG_FIXES: readonly WrongFix[] = [
  { ...ROTATE_KEYS, why: 'the secret is right; the way the key is made of it is not, and a new secret goes the same way' },
  {
    title: 'change the canonical request until it passes',
    why: 'with a wrong key no text passes; compare the canonical request with the one the service quotes, and leave it alone where the two are the same',
  },
  CHANGE_IAM_POLICIES,
]

/** AWS publishes the four keys of one example. */
export const KEY_CHECK =
  'derive the key for the example that AWS publishes (secret wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY, 20150830, us-east-1, iam): kSigning begins with c4afb1cc; if your code gives that too, this is not the cause'
