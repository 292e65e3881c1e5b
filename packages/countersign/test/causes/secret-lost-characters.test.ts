import { secretLostCharacters } from '../../src/causes/secret-lost-characters.ts'
import { inject } from '../support/inject/secret-lost-characters.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(secretLostCharacters, inject, 2)
