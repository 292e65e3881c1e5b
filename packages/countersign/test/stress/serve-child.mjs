// `countersign serve` from source, in a separate process: what it tells goes to its standard error, as in a terminal.
import './loop-pauses.mjs'
import { main } from '../../src/cli/main.ts'

process.exitCode = await main(['serve', '--port', '0', '--credentials-file', process.argv[2], '--record', process.argv[3]])
process.disconnect()
