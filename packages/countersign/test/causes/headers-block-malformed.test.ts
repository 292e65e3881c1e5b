import { headersBlockMalformed } from '../../src/causes/headers-block-malformed.ts'
import { causeContract } from '../support/cause-contract.ts'
import { inject } from '../support/inject/headers-block-malformed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: headersBlockMalformed,
  inject,
  correct: [standardInputs({ headers: [['Content-Type', 'text/plain']] })],
  forms: 5,
  idle: { inputs: { ...standardInputs(), verbatim: { 'canonical-headers': '' } }, params: { as: 'crlf' } },
})
