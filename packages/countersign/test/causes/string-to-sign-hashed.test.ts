import { stringToSignHashed } from '../../src/causes/string-to-sign-hashed.ts'
import { inject } from '../support/inject/string-to-sign-hashed.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(stringToSignHashed, inject, 2)
