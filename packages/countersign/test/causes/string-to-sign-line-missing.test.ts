import { stringToSignLineMissing } from '../../src/causes/string-to-sign-line-missing.ts'
import { inject } from '../support/inject/string-to-sign-line-missing.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(stringToSignLineMissing, inject, 5)
