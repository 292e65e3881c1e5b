import { secretInBase64 } from '../../src/causes/secret-in-base64.ts'
import { inject } from '../support/inject/secret-in-base64.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(secretInBase64, inject, 2)
