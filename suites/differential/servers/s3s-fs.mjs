import { existsSync, mkdirSync } from 'node:fs'
import { cached, freePorts, ID, run, SECRET, workplace } from '../place.mjs'

const RELEASE = '0.14.1'
const BINARY = cached('s3s', 'bin', 's3s-fs')

export const name = 's3s-fs'
export const origin = `Rust crate s3s-fs ${RELEASE}`
export const install = () =>
  existsSync(BINARY) || run('cargo', ['install', 's3s-fs', '--version', RELEASE, '--features', 'binary', '--root', cached('s3s')])
export const version = () => RELEASE

export async function start() {
  const place = workplace('s3s')
  const [port] = await freePorts(1)
  mkdirSync(`${place.folder}/data`)
  place.start(BINARY, ['--host', '127.0.0.1', '--port', `${port}`, '--access-key', ID, '--secret-key', SECRET, `${place.folder}/data`])
  await place.listening(port)
  return { port, accessKeyId: ID, secretAccessKey: SECRET, end: place.end }
}
