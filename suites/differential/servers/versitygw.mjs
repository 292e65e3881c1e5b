import { existsSync, mkdirSync } from 'node:fs'
import { goInstall, goVersion } from '../go-modules.mjs'
import { cached, freePorts, ID, REGION, SECRET, workplace } from '../place.mjs'

const RELEASE = 'v1.8.0'
const BINARY = cached('gobin', 'versitygw')

export const name = 'versitygw'
export const origin = 'Go module github.com/versity/versitygw'
export const install = () => existsSync(BINARY) || goInstall(`github.com/versity/versitygw/cmd/versitygw@${RELEASE}`)
export const version = () => goVersion(BINARY)

export async function start() {
  const place = workplace('versitygw')
  const [port] = await freePorts(1)
  for (const folder of ['data', 'iam']) mkdirSync(`${place.folder}/${folder}`)
  const keys = ['--access', ID, '--secret', SECRET, '--region', REGION, '--iam-dir', `${place.folder}/iam`]
  place.start(BINARY, ['--port', `127.0.0.1:${port}`, ...keys, '--quiet', 'posix', `${place.folder}/data`])
  await place.listening(port)
  return { port, accessKeyId: ID, secretAccessKey: SECRET, end: place.end }
}
