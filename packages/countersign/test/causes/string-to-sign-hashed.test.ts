import { stringToSignHashed } from '../../src/causes/string-to-sign-hashed.ts'
import { inject } from '../support/inject/string-to-sign-hashed.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(stringToSignHashed, inject, 2)
