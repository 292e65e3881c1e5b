import { signingKeyOfAnotherScope } from '../../src/causes/signing-key-of-another-scope.ts'
import { inject } from '../support/inject/signing-key-of-another-scope.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(signingKeyOfAnotherScope, inject, 3)
