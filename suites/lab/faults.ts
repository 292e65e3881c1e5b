/** What is done wrong at the client, and the cause classes that are true of it (`also`: true as well, by another name). */
export const ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE'
export const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
export const OLD_SECRET = 'q0Vt8yKdW/3nHbRsXz+7LmPfGa5cTjEuOldOne01'
export const TEMPORARY_ID = 'ASIAIOSFODNN7EXAMPLE'
export const TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLETOKENaCXVzLWVhc3QtMSJHMEUCIQDexample0session1token2of3the4lab5EXAMPLE=='
export const REGION = 'us-east-1'

/** What a client has to do otherwise than it should. */
export interface Twist {
  readonly secret?: string
  readonly keyId?: string
  readonly token?: string | null
  readonly region?: string
  readonly service?: string
  /** Seconds that its clock is ahead (behind, where negative). */
  readonly clock?: number
  /** Changed after signing, before sending. */
  readonly tamper?: {
    readonly host?: string
    readonly path?: readonly [from: string, to: string]
    readonly query?: string
    readonly header?: readonly [name: string, value: string | null]
    readonly body?: string
  }
}

export interface Fault {
  readonly classes: readonly string[]
  readonly withSecret?: readonly string[]
  readonly needs: 'secret' | 'key' | 'token' | 'region' | 'service' | 'clock' | 'tamper'
  readonly twist: Twist
  /** What becomes of the right secret. */
  readonly secret?: (right: string) => string
  /** Steps that have what the fault changes. */
  readonly ops?: readonly string[]
}

const KEY = ['secret.mismatch', 'secret.mangled']
const mangled = (secret: (right: string) => string): Fault => ({
  classes: KEY,
  withSecret: ['secret.mangled'],
  needs: 'secret',
  twist: {},
  secret,
})
const wrong = (secret: string): Fault => ({
  classes: KEY,
  withSecret: ['secret.mismatch'],
  needs: 'secret',
  twist: {},
  secret: () => secret,
})
const tampered = (classes: readonly string[], tamper: Twist['tamper'], ops?: readonly string[]): Fault => ({
  classes,
  needs: 'tamper',
  twist: { ...(tamper === undefined ? {} : { tamper }) },
  ...(ops === undefined ? {} : { ops }),
})

export const FAULTS: Readonly<Record<string, Fault>> = {
  'secret-wrong': wrong('wJalrXUtnFEMI/K7MDENG/bPxRfiCYOTHERSECRET'),
  'secret-old': wrong(OLD_SECRET),
  'secret-quotes': mangled((right) => `"${right}"`),
  'secret-newline': mangled((right) => `${right}\n`),
  'secret-space': mangled((right) => `${right} `),
  'secret-truncated': mangled((right) => right.slice(0, -1)),
  'secret-url-encoded': mangled((right) => right.replaceAll('/', '%2F')),
  'key-unknown': { classes: ['secret.mismatch', 'secret.mangled'], needs: 'key', twist: { keyId: 'AKIAI44QH8DHBEXAMPLE' } },
  'token-missing': { classes: ['token.missing'], needs: 'token', twist: { keyId: TEMPORARY_ID, token: null } },
  'token-altered': {
    classes: ['token.mismatch'],
    needs: 'token',
    twist: { keyId: TEMPORARY_ID, token: `${TOKEN.slice(0, 40)}X${TOKEN.slice(41)}` },
  },
  'clock-behind': { classes: ['clock.skew'], needs: 'clock', twist: { clock: -20 * 60 } },
  'clock-ahead': { classes: ['clock.skew'], needs: 'clock', twist: { clock: 47 * 60 } },
  'region-wrong': { classes: ['scope.region'], needs: 'region', twist: { region: 'eu-central-1' } },
  'service-wrong': { classes: ['scope.service'], needs: 'service', twist: { service: 'execute-api' } },
  'host-other': tampered(['host.rewritten'], { host: 'storage.internal' }),
  'host-port': tampered(['host.port', 'host.rewritten'], { host: ':' }),
  'path-prefix': tampered(['path.normalization'], { path: ['^/', '/v1/'] }),
  'path-escaped-again': tampered(['path.encoding'], { path: ['%20', '%2520'] }, ['put-odd', 'get-odd']),
  'path-plus-for-space': tampered(['path.encoding'], { path: ['%20', '+'] }, ['put-odd', 'get-odd']),
  'query-added': tampered(['query.changed'], { query: 'trace=7f3a' }),
  'header-changed': tampered(['header.changed'], { header: ['content-type', 'text/plain; charset=UTF-8'] }, ['put', 'put-odd']),
  'header-dropped': tampered(['header.missing'], { header: ['x-amz-meta-origin', null] }, ['put', 'put-odd']),
  'body-replaced': tampered(['payload.hash', 'payload.chunked'], { body: 'replaced on its way by a filter that knows better\n' }, [
    'put',
    'put-odd',
  ]),
}

/** The twist of a fault, for a service whose secret this is. */
export function twistOf(fault: string | null, right: string): Twist {
  if (fault === null) return {}
  const { twist, secret } = FAULTS[fault]!
  return secret === undefined ? twist : { ...twist, secret: secret(right) }
}
