import { signingKeyArgumentsSwapped } from '../../src/causes/signing-key-arguments-swapped.ts'
import { inject } from '../support/inject/signing-key-arguments-swapped.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(signingKeyArgumentsSwapped, inject, 2)
