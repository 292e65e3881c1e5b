import { signingKeyChainOrder } from '../../src/causes/signing-key-chain-order.ts'
import { inject } from '../support/inject/signing-key-chain-order.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(signingKeyChainOrder, inject, 4)
