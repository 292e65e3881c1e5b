import { headersBlockMalformed } from '../../src/causes/headers-block-malformed.ts'
import { causeLaws } from '../support/cause-contract.ts'
import { inject } from '../support/inject/headers-block-malformed.ts'
import { lawfulInputs } from '../support/standard-inputs.ts'

causeLaws({
  cause: headersBlockMalformed,
  inject,
  lawful: [lawfulInputs({ headers: [['Content-Type', 'text/plain']] })],
  forms: 5,
  idle: { inputs: { ...lawfulInputs(), verbatim: { 'canonical-headers': '' } }, params: { as: 'crlf' } },
})
