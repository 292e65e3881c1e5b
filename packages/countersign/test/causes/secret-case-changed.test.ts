import { secretCaseChanged } from '../../src/causes/secret-case-changed.ts'
import { inject } from '../support/inject/secret-case-changed.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(secretCaseChanged, inject, 2)
