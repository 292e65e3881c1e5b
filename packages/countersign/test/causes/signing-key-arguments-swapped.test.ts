import { signingKeyArgumentsSwapped } from '../../src/causes/signing-key-arguments-swapped.ts'
import { inject } from '../support/inject/signing-key-arguments-swapped.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(signingKeyArgumentsSwapped, inject, 2)
