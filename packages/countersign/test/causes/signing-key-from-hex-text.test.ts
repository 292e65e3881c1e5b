import { signingKeyFromHexText } from '../../src/causes/signing-key-from-hex-text.ts'
import { inject } from '../support/inject/signing-key-from-hex-text.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(signingKeyFromHexText, inject, 2)
