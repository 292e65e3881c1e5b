import { clientCode } from '../../../src/clues/code/client-code.ts'
import { readerLaws } from '../../evidence/reader-laws.ts'

readerLaws(clientCode)
