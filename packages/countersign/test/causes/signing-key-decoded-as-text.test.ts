import { signingKeyDecodedAsText } from '../../src/causes/signing-key-decoded-as-text.ts'
import { inject } from '../support/inject/signing-key-decoded-as-text.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(signingKeyDecodedAsText, inject, 2)
