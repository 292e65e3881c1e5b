import { secretUrlEncoded } from '../../src/causes/secret-url-encoded.ts'
import { inject } from '../support/inject/secret-url-encoded.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(secretUrlEncoded, inject, 1)
