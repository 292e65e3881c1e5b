#!/usr/bin/env node
// CommonJS (package.json beside it): node starts it without its loader of modules.
require('../dist/bin/start.cjs')
