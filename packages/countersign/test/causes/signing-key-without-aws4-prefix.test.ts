import { signingKeyWithoutAws4Prefix } from '../../src/causes/signing-key-without-aws4-prefix.ts'
import { inject } from '../support/inject/signing-key-without-aws4-prefix.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(signingKeyWithoutAws4Prefix, inject, 3)
