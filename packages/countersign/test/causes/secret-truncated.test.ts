import { secretTruncated } from '../../src/causes/secret-truncated.ts'
import { inject } from '../support/inject/secret-truncated.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(secretTruncated, inject, 2)
