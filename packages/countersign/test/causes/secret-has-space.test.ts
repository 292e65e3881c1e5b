import { secretHasSpace } from '../../src/causes/secret-has-space.ts'
import { inject } from '../support/inject/secret-has-space.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(secretHasSpace, inject, 3)
