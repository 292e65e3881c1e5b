/** AWS4-ECDSA-P256-SHA256 a second time: the public key of a secret, and what it says of a signature. */
import { createECDH, createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto'

export const KEY_PAIR_ALGORITHM = 'AWS4-ECDSA-P256-SHA256'

/** Whether a signature in hex is one of this text, under the key pair that the secret of an access key ID makes. */
export function isSignedByKeyPair(text: string, signature: string, secret: string, accessKeyId: string): boolean {
  if (!/^(?:[0-9a-f]{2})+$/.test(signature)) return false
  try {
    return verify('sha256', Buffer.from(text, 'latin1'), publicKeyOf(secret, accessKeyId), Buffer.from(signature, 'hex'))
  } catch {
    return false
  }
}

function publicKeyOf(secret: string, accessKeyId: string): KeyObject {
  const id = `${accessKeyId} ${secret}`
  const known = KEYS.get(id)
  if (known !== undefined) return known
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(privateKeyOf(secret, accessKeyId))
  const point = curve.getPublicKey()
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url')
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) }, format: 'jwk' })
  KEYS.set(id, key)
  return key
}

/** The first candidate that is no more than the order less two, and one. */
function privateKeyOf(secret: string, accessKeyId: string): Buffer {
  for (let counter = 1; ; counter++) {
    const message = Buffer.concat([
      Buffer.from([0, 0, 0, 1]),
      Buffer.from(`${KEY_PAIR_ALGORITHM}\0${accessKeyId}`),
      Buffer.from([counter, 0, 0, 1, 0]),
    ])
    const candidate = BigInt(`0x${createHmac('sha256', `AWS4A${secret}`).update(message).digest('hex')}`)
    if (candidate <= ORDER - 2n) return Buffer.from((candidate + 1n).toString(16).padStart(64, '0'), 'hex')
  }
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const KEYS = new Map<string, KeyObject>()
