/** P-256 by `node:crypto`, which is loaded at the first use: it takes node a tenth of a short run. */
import type { KeyObject } from 'node:crypto'
import { createRequire } from 'node:module'
import type { P256 } from './p256.js'

export const p256: P256 | undefined = {
  publicKey(privateKey) {
    const curve = crypto().createECDH('prime256v1')
    curve.setPrivateKey(privateKey)
    return new Uint8Array(curve.getPublicKey())
  },
  sign: (privateKey, message) => new Uint8Array(crypto().sign('sha256', message, privateKeyObject(privateKey))),
  verify(publicKey, message, signature) {
    try {
      return crypto().verify('sha256', message, publicKeyObject(publicKey), signature)
    } catch {
      return false
    }
  },
}

/** Key objects by the bytes they were made of, because making one costs as much as a signature. They go when the bytes go. */
const OBJECTS = new WeakMap<Uint8Array, KeyObject>()

function privateKeyObject(key: Uint8Array): KeyObject {
  return kept(key, () => crypto().createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, key]), format: 'der', type: 'pkcs8' }))
}

function publicKeyObject(key: Uint8Array): KeyObject {
  return kept(key, () => crypto().createPublicKey({ key: Buffer.concat([SPKI_HEAD, key]), format: 'der', type: 'spki' }))
}

function kept(key: Uint8Array, made: () => KeyObject): KeyObject {
  const known = OBJECTS.get(key)
  if (known !== undefined) return known
  const object = made()
  OBJECTS.set(key, object)
  return object
}

/** The DER of a key of this curve up to the key itself: the algorithm (ecPublicKey) and the curve (prime256v1). */
const PKCS8_HEAD = Buffer.from('3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420', 'hex')
const SPKI_HEAD = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')

type Crypto = typeof import('node:crypto')
let loaded: Crypto | undefined
function crypto(): Crypto {
  loaded ??= createRequire(import.meta.url)('node:crypto') as Crypto
  return loaded
}
