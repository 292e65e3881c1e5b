import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../../differential/place.mjs'
import { started } from '../../lab/proxies/process.ts'
import type { Intermediary, Slip } from './intermediary.ts'

const HOST = 'no-host-rewrite=yes'
const VIA = 'no-via=yes'
const PROTO = 'no-add-x-forwarded-proto=yes\nno-strip-incoming-x-forwarded-proto=yes'
const set = (name: string, value: string): Slip => ['', `add-request-header=${name}: ${value}`]

export const NGHTTPX: Intermediary = {
  name: 'nghttpx',
  debian: ['nghttp2-proxy'],
  version: ['nghttpx', '--version'],
  faithful: [HOST, VIA, PROTO].join('\n'),
  anchor: VIA,
  mistakes: {
    default: [
      [VIA, ''],
      [PROTO, ''],
    ],
    'host-rewritten': [HOST, 'host-rewrite=yes'],
    'forwarded-for-added': ['', 'add-x-forwarded-for=yes'],
    'forwarded-for-stripped': ['', 'strip-incoming-x-forwarded-for=yes'],
    'forwarded-proto-set': [PROTO, ''],
    'metadata-added': set('x-amz-meta-edge', 'edge'),
    'metadata-appended': set('x-amz-meta-origin', 'edge'),
  },
  async start({ lines }, { to, folder }) {
    const [port] = (await freePorts(1)) as [number]
    const shown = join(folder, 'nghttpx.conf')
    const all = lines.split('\n').filter((line) => line !== '' && line !== HOST)
    writeFileSync(
      shown,
      `frontend=127.0.0.1,${port};no-tls\nbackend=127.0.0.1,${to}\nworkers=1\npid-file=${folder}/nghttpx.pid\nerrorlog-file=${folder}/nghttpx.log\n${all.join('\n')}\n`,
    )
    return started(['nghttpx', `--conf=${shown}`, '--single-process'], port, folder, [shown])
  },
}
