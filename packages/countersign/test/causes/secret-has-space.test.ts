import { secretHasSpace } from '../../src/causes/secret-has-space.ts'
import { inject } from '../support/inject/secret-has-space.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(secretHasSpace, inject, 3)
