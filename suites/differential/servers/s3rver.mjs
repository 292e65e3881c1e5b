import { existsSync, mkdirSync } from 'node:fs'
import { cached, freePorts, run, workplace } from '../place.mjs'

const RELEASE = '3.7.1'
const ENTRY = cached('s3rver', 'node_modules', 's3rver', 'bin', 's3rver.js')

export const name = 's3rver'
export const origin = `npm package s3rver ${RELEASE}`
export const forTests = true
export const version = () => RELEASE

export function install() {
  if (existsSync(ENTRY)) return
  mkdirSync(cached('s3rver'), { recursive: true })
  run('npm', ['install', '--prefix', cached('s3rver'), '--no-save', `s3rver@${RELEASE}`])
}

/** It has one fixed key pair and takes no other. */
export async function start() {
  const place = workplace('s3rver')
  const [port] = await freePorts(1)
  mkdirSync(`${place.folder}/data`)
  place.start(process.execPath, [ENTRY, '-d', `${place.folder}/data`, '-a', '127.0.0.1', '-p', `${port}`, '--silent'])
  await place.listening(port)
  return { port, accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', end: place.end }
}
