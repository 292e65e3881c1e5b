import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePorts, ID, REGION, SECRET, workplace } from '../place.mjs'

const PACKAGE = fileURLToPath(new URL('../../../packages/countersign/', import.meta.url))

export const name = 'countersign serve'
export const origin = 'this repository'
export const install = () => {}
export const version = () => JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).version

export async function start() {
  const place = workplace('serve')
  const [port] = await freePorts(1)
  const keys = join(place.folder, 'keys.json')
  writeFileSync(keys, JSON.stringify({ [ID]: { secretAccessKey: SECRET } }))
  const options = ['--port', `${port}`, '--credentials-file', keys, '--region', REGION, '--service', 's3', '--quiet']
  place.start(process.execPath, [join(PACKAGE, 'bin/countersign.js'), 'serve', '--strict', ...options])
  await place.listening(port)
  return { port, accessKeyId: ID, secretAccessKey: SECRET, end: place.end }
}
