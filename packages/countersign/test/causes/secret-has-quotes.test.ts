import { secretHasQuotes } from '../../src/causes/secret-has-quotes.ts'
import { inject } from '../support/inject/secret-has-quotes.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(secretHasQuotes, inject, 2)
