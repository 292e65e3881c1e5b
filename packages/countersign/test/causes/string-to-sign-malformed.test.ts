import { stringToSignMalformed } from '../../src/causes/string-to-sign-malformed.ts'
import { inject } from '../support/inject/string-to-sign-malformed.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(stringToSignMalformed, inject, 4)
