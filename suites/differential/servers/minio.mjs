import { existsSync } from 'node:fs'
import { goInstall, goVersion } from '../go-modules.mjs'
import { cached, freePorts, ID, REGION, SECRET, workplace } from '../place.mjs'

/** Its module has no version tags that Go takes; this is a commit. */
const RELEASE = 'v0.0.0-20260212201848-7aac2a2c5b7c'
const BINARY = cached('gobin', 'minio')

export const name = 'MinIO'
export const origin = 'Go module github.com/minio/minio'
export const install = () => existsSync(BINARY) || goInstall(`github.com/minio/minio@${RELEASE}`)
export const version = () => goVersion(BINARY)

export async function start() {
  const place = workplace('minio')
  const [port, console] = await freePorts(2)
  const env = { MINIO_ROOT_USER: ID, MINIO_ROOT_PASSWORD: SECRET, MINIO_REGION: REGION, MINIO_BROWSER: 'off', HOME: place.folder }
  place.start(BINARY, ['server', '--address', `127.0.0.1:${port}`, '--console-address', `127.0.0.1:${console}`, `${place.folder}/data`], {
    env,
  })
  await place.listening(port)
  return { port, accessKeyId: ID, secretAccessKey: SECRET, settle: 3000, end: place.end }
}
