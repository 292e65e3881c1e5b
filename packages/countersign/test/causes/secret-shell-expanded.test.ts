import { secretShellExpanded } from '../../src/causes/secret-shell-expanded.ts'
import { inject } from '../support/inject/secret-shell-expanded.ts'
import { keyContract } from '../support/key-contract.ts'

keyContract(secretShellExpanded, inject, 2)
