import { signingKeyOfAnotherScope } from '../../src/causes/signing-key-of-another-scope.ts'
import { inject } from '../support/inject/signing-key-of-another-scope.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(signingKeyOfAnotherScope, inject, 3)
