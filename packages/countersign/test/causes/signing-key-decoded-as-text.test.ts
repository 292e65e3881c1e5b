import { signingKeyDecodedAsText } from '../../src/causes/signing-key-decoded-as-text.ts'
import { inject } from '../support/inject/signing-key-decoded-as-text.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(signingKeyDecodedAsText, inject, 2)
