import { signatureEncodingChanged } from '../../src/causes/signature-encoding-changed.ts'
import { inject } from '../support/inject/signature-encoding-changed.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(signatureEncodingChanged, inject, 2)
