import { secretLostCharacters } from '../../src/causes/secret-lost-characters.ts'
import { inject } from '../support/inject/secret-lost-characters.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(secretLostCharacters, inject, 2)
