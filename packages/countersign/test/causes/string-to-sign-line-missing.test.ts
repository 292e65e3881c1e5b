import { stringToSignLineMissing } from '../../src/causes/string-to-sign-line-missing.ts'
import { inject } from '../support/inject/string-to-sign-line-missing.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(stringToSignLineMissing, inject, 5)
