import { secretShellExpanded } from '../../src/causes/secret-shell-expanded.ts'
import { inject } from '../support/inject/secret-shell-expanded.ts'
import { keyLaws } from '../support/key-contract.ts'

keyLaws(secretShellExpanded, inject, 2)
