// The API report: what each entry of the package exports, with its types, in packages/countersign/api/*.api.md. A change of it is a
// change of what we promise, so it stands in the commit that makes it: `npm run api` writes the reports, CI compares them.
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor'

const dir = resolve('packages/countersign')
const temp = join(dir, 'api/.temp')
const localBuild = process.argv.includes('--write')
const quiet = { default: { logLevel: 'none' } }
let failed = false
mkdirSync(temp, { recursive: true })
for (const entry of ['index', 'sigv4', 'verifier', 'server']) {
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: dir,
      mainEntryPointFilePath: join(dir, `dist/${entry}.d.ts`),
      compiler: { tsconfigFilePath: join(dir, 'tsconfig.node.json') },
      apiReport: { enabled: true, reportFileName: `${entry}.api.md`, reportFolder: join(dir, 'api'), reportTempFolder: temp },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: { compilerMessageReporting: quiet, extractorMessageReporting: quiet, tsdocMessageReporting: quiet },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(dir, 'package.json'),
  })
  const result = Extractor.invoke(config, {
    localBuild,
    messageCallback: (message) => {
      message.handled = message.logLevel !== ExtractorLogLevel.Error
    },
  })
  if (result.apiReportChanged && !localBuild) {
    console.error(
      `packages/countersign/api/${entry}.api.md is not what dist/${entry}.d.ts exports; run: npm run api, and read the difference`,
    )
    failed = true
  }
}
rmSync(temp, { recursive: true, force: true })
console.log(`api: ${failed ? 'changed' : 'as reported'}`)
if (failed) process.exitCode = 1
