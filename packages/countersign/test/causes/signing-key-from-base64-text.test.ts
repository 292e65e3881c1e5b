import { signingKeyFromBase64Text } from '../../src/causes/signing-key-from-base64-text.ts'
import { inject } from '../support/inject/signing-key-from-base64-text.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(signingKeyFromBase64Text, inject, 1)
