import { signingKeyFromHexText } from '../../src/causes/signing-key-from-hex-text.ts'
import { inject } from '../support/inject/signing-key-from-hex-text.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(signingKeyFromHexText, inject, 2)
