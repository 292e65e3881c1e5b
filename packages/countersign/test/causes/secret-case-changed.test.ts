import { secretCaseChanged } from '../../src/causes/secret-case-changed.ts'
import { inject } from '../support/inject/secret-case-changed.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(secretCaseChanged, inject, 2)
