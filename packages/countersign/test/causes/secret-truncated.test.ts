import { secretTruncated } from '../../src/causes/secret-truncated.ts'
import { inject } from '../support/inject/secret-truncated.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(secretTruncated, inject, 2)
