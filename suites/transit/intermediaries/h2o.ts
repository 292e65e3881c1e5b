import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../../differential/place.mjs'
import { started } from '../../lab/proxies/process.ts'
import type { Intermediary } from './intermediary.ts'

const HOST = 'proxy.preserve-host: ON'
const FORWARDED = 'proxy.preserve-x-forwarded-proto: ON'
const PATH = '"/": { proxy.reverse.url: "http://127.0.0.1:UPSTREAM/" }'

export const H2O: Intermediary = {
  name: 'h2o',
  debian: ['h2o'],
  version: ['h2o', '-v'],
  faithful: [HOST, FORWARDED, PATH].join('\n'),
  anchor: FORWARDED,
  mistakes: {
    default: [
      [`${HOST}\n`, ''],
      [`${FORWARDED}\n`, ''],
    ],
    'host-of-upstream': [HOST, 'proxy.preserve-host: OFF'],
    'prefix-added': [PATH, '"/": { proxy.reverse.url: "http://127.0.0.1:UPSTREAM/store/" }'],
    'prefix-stripped': [PATH, '"/in-transit": { proxy.reverse.url: "http://127.0.0.1:UPSTREAM/" }'],
  },
  async start({ lines }, { to, folder }) {
    const [port] = (await freePorts(1)) as [number]
    const shown = join(folder, 'h2o.yaml')
    const all = lines.replaceAll('UPSTREAM', `${to}`).split('\n')
    const user = process.getuid?.() === 0 ? 'user: root\n' : ''
    writeFileSync(
      shown,
      `${user}num-threads: 1\nlisten: { host: 127.0.0.1, port: ${port} }\n${all.filter((line) => !line.startsWith('"')).join('\n')}\nhosts:\n  "default":\n    paths:\n${all
        .filter((line) => line.startsWith('"'))
        .map((line) => `      ${line}`)
        .join('\n')}\n`,
    )
    return started(['h2o', '-c', shown], port, folder, [shown])
  },
}
