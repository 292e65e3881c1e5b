import { stringToSignLeftOut } from '../../src/causes/string-to-sign-left-out.ts'
import { inject } from '../support/inject/string-to-sign-left-out.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(stringToSignLeftOut, inject, 2)
