import { secretHasNewline } from '../../src/causes/secret-has-newline.ts'
import { inject } from '../support/inject/secret-has-newline.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(secretHasNewline, inject, 3)
