/** Of what an Authorization header, or the parameters in its place, consist. */
import { credentialParts } from '../../sigv4/index.js'
import { isMasked } from '../../text/index.js'
import { authorizationFault } from '../authorization-fault.js'
import { written } from './request-view.js'
import { isShortened, signatureForm } from './signature-form.js'
import type { ViewRule } from './view-rule.js'

export const AUTHORIZATION_RULES: readonly ViewRule[] = [
  {
    id: 'algorithm-word',
    cause: 'algorithm-misspelled',
    severity: 'breaks',
    checks: ['mechanism', 'authorization-parts'],
    reads: ['algorithm'],
    *check({ algorithm = '', family }) {
      const plain = algorithm.replace(/[^A-Za-z0-9]/g, '').toUpperCase()
      if (family.algorithms.includes(algorithm) || !/^(?:AWS4?|GOOG4?)?(?:HMAC|RSA)SHA\d+$/.test(plain) || algorithm.length > 40) return
      yield {
        sentence: `The algorithm is written "${algorithm}" in place of "${family.algorithms[0]}".`,
        values: { written: algorithm },
      }
    },
  },
  {
    id: 'authorization-form',
    cause: 'authorization-malformed',
    severity: 'breaks',
    checks: ['mechanism', 'authorization-parts', 'credential'],
    reads: [],
    *check({ seen, request }) {
      const values =
        seen.kind === 'authorization'
          ? [seen.value]
          : (request?.headers ?? []).flatMap(([name, value]) => (name.toLowerCase() === 'authorization' ? [value] : []))
      for (const value of values) {
        const fault = written(value) === undefined ? undefined : authorizationFault(value)
        if (fault !== undefined) yield { sentence: `In the Authorization header shown, ${fault}.`, values: { fault } }
      }
    },
  },
  {
    id: 'credential-parts',
    cause: 'authorization-malformed',
    severity: 'breaks',
    checks: ['authorization-parts', 'credential'],
    reads: ['credential'],
    *check({ credential = '', algorithm, by }) {
      // Of the header, its form says it.
      if (by === 'header' || /^\*|\.\.\.$/.test(credential) || (isMasked(credential) && !credential.includes('/'))) return
      const [count, wanted] = [credential.split('/').length, credentialParts(algorithm)]
      if (count >= wanted) return
      const fault = /%2F/i.test(credential)
        ? 'the slashes of the credential are encoded twice'
        : `the credential has ${count} part${count === 1 ? '' : 's'} in place of ${wanted === 5 ? 'five' : 'four'}`
      yield { sentence: `In the URL shown, ${fault}.`, values: { fault, in: 'query' } }
    },
  },
  {
    id: 'signature-form',
    cause: 'signature-encoding-changed',
    severity: 'breaks',
    checks: ['signature'],
    reads: ['signature', 'algorithm'],
    *check({ signature = '', algorithm = '' }) {
      if (!/HMAC/i.test(algorithm)) return
      const found = signatureForm(signature)
      if (found === undefined || isShortened(signature)) return
      yield {
        sentence: `The signature is not 64 lower-case hexadecimal digits: ${found.says}.`,
        values: { form: found.form, says: found.says },
      }
    },
  },
  {
    id: 'signature-shortened',
    cause: 'signature-encoding-changed',
    severity: 'fragile',
    weight: 0.36,
    checks: ['signature'],
    reads: ['signature', 'algorithm'],
    *check({ signature = '', algorithm = '' }) {
      const found = /HMAC/i.test(algorithm) && isShortened(signature) ? signatureForm(signature) : undefined
      if (found === undefined) return
      yield { sentence: `The signature shown is not whole: ${found.says}.`, values: { form: found.form, says: found.says } }
    },
  },
]
