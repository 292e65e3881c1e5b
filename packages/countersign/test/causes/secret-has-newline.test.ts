import { secretHasNewline } from '../../src/causes/secret-has-newline.ts'
import { inject } from '../support/inject/secret-has-newline.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(secretHasNewline, inject, 3)
