import { secretUrlEncoded } from '../../src/causes/secret-url-encoded.ts'
import { inject } from '../support/inject/secret-url-encoded.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(secretUrlEncoded, inject, 1)
