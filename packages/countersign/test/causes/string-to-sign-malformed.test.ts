import { stringToSignMalformed } from '../../src/causes/string-to-sign-malformed.ts'
import { inject } from '../support/inject/string-to-sign-malformed.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(stringToSignMalformed, inject, 4)
