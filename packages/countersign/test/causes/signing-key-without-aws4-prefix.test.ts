import { signingKeyWithoutAws4Prefix } from '../../src/causes/signing-key-without-aws4-prefix.ts'
import { inject } from '../support/inject/signing-key-without-aws4-prefix.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(signingKeyWithoutAws4Prefix, inject, 3)
