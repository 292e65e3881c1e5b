import { signingKeyKeptPastMidnight } from '../../src/causes/signing-key-kept-past-midnight.ts'
import { inject } from '../support/inject/signing-key-kept-past-midnight.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(signingKeyKeptPastMidnight, inject, 3)
