import { signingKeyKeptPastMidnight } from '../../src/causes/signing-key-kept-past-midnight.ts'
import { inject } from '../support/inject/signing-key-kept-past-midnight.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(signingKeyKeptPastMidnight, inject, 3)
