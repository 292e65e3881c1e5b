/**
 * A certificate authority for one run of the proxy: its key is in memory only and is gone with the process. It makes a certificate for each
 * host that a client asks for, so that the requests in the tunnel can be seen. node:crypto signs no certificates; the library that does is
 * loaded only here, and inlined into the command line's bundle.
 */
import { randomBytes, webcrypto } from 'node:crypto'

export interface ThrowAwayCa {
  /** The authority's certificate, in PEM: what clients have to trust. */
  readonly certificate: string
  /** A certificate and its key for a host name or an address. */
  leaf(host: string): Promise<{ readonly cert: string; readonly key: string }>
}

export async function createThrowAwayCa(now: number): Promise<ThrowAwayCa> {
  // The library's container of classes cannot do without it.
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  x509.cryptoProvider.set(webcrypto)
  const { subtle } = webcrypto
  const newKeys = () => subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const [keys, leafKeys] = [await newKeys(), await newKeys()]
  const valid = () => ({
    // Clocks of clients may be behind.
    notBefore: new Date(now - HOUR),
    notAfter: new Date(now + DAYS_VALID * 24 * HOUR),
    serialNumber: `00${randomBytes(15).toString('hex')}`,
    signingAlgorithm: ALGORITHM,
  })
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...valid(),
    // Another name each time: a store that keeps an old one does not take it for this one.
    name: `CN=countersign record ${randomBytes(4).toString('hex')} (throw-away)`,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  const key = pem('PRIVATE KEY', await subtle.exportKey('pkcs8', leafKeys.privateKey))
  const made = async (host: string): Promise<string> => {
    const isAddress = /^[\d.]+$|:/.test(host)
    const certificate = await x509.X509CertificateGenerator.create({
      ...valid(),
      subject: 'CN=countersign record',
      issuer: authority.subject,
      publicKey: leafKeys.publicKey,
      signingKey: keys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([{ type: isAddress ? 'ip' : 'dns', value: host }]),
        await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
      ],
    })
    return certificate.toString('pem')
  }
  const leaves = new Map<string, Promise<string>>()
  return {
    certificate: `${authority.toString('pem')}\n`,
    leaf: async (host) => {
      if (leaves.size >= MOST_LEAVES) leaves.clear()
      const known = leaves.get(host) ?? made(host)
      leaves.set(host, known)
      return { cert: await known, key }
    },
  }
}

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const HOUR = 3_600_000
const DAYS_VALID = 7
const MOST_LEAVES = 1000
