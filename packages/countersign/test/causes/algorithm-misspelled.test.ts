import { algorithmMisspelled } from '../../src/causes/algorithm-misspelled.ts'
import { inject } from '../support/inject/algorithm-misspelled.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(algorithmMisspelled, inject, 3)
