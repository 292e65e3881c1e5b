import { signingKeyChainOrder } from '../../src/causes/signing-key-chain-order.ts'
import { inject } from '../support/inject/signing-key-chain-order.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(signingKeyChainOrder, inject, 4)
