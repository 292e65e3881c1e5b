import { payloadUnsignedMismatch } from '../../src/causes/payload-unsigned-mismatch.ts'
import { causeLaws } from '../support/cause-laws.ts'
import { inject } from '../support/inject/payload-unsigned-mismatch.ts'
import { lawfulInputs } from '../support/lawful.ts'

causeLaws({
  cause: payloadUnsignedMismatch,
  inject,
  lawful: [lawfulInputs({ body: 'hello' }), { ...lawfulInputs(), payloadHash: 'UNSIGNED-PAYLOAD', authentication: 'query' }],
  forms: 2,
  idle: { inputs: lawfulInputs(), params: { signed: 'empty' } },
})
