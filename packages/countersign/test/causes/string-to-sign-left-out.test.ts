import { stringToSignLeftOut } from '../../src/causes/string-to-sign-left-out.ts'
import { inject } from '../support/inject/string-to-sign-left-out.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(stringToSignLeftOut, inject, 2)
