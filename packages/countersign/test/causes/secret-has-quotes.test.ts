import { secretHasQuotes } from '../../src/causes/secret-has-quotes.ts'
import { inject } from '../support/inject/secret-has-quotes.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(secretHasQuotes, inject, 2)
