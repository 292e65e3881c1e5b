// Puts what the published package needs beside its code: the causes' pages (for `explain`), the man page, the schema of the JSON output,
// README and LICENSE.
import { cpSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const target = `${root}packages/countersign`
mkdirSync(`${target}/dist/docs`, { recursive: true })
for (const name of ['causes', 'man']) cpSync(`${root}docs/${name}`, `${target}/dist/docs/${name}`, { recursive: true })
cpSync(`${root}docs/manual/diagnosis.schema.json`, `${target}/dist/diagnosis.schema.json`)
for (const name of ['README.md', 'SECURITY.md', 'LICENSE']) cpSync(`${root}${name}`, `${target}/${name}`)
