#!/usr/bin/env node
import { main } from '../dist/bin/main.js'

const code = await main(process.argv.slice(2))
// Where the output could not be written, that was said and counts.
process.exitCode ??= code
