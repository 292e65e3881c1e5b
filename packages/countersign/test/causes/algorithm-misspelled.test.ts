import { algorithmMisspelled } from '../../src/causes/algorithm-misspelled.ts'
import { inject } from '../support/inject/algorithm-misspelled.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(algorithmMisspelled, inject, 3)
