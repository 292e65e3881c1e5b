#!/usr/bin/env node
import module from 'node:module'

// Node 22 and newer keep what they compiled: the next start takes about half the time.
module.enableCompileCache?.()
const { main } = await import('../dist/bin/main.js')
const code = await main(process.argv.slice(2))
// Where the output could not be written, that was said and counts.
process.exitCode ??= code
