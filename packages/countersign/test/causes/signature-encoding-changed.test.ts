import { signatureEncodingChanged } from '../../src/causes/signature-encoding-changed.ts'
import { inject } from '../support/inject/signature-encoding-changed.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(signatureEncodingChanged, inject, 2)
