import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../../differential/place.mjs'
import { LAB, once } from '../../lab/install.ts'
import { started } from '../../lab/proxies/process.ts'
import type { Intermediary, Slip } from './intermediary.ts'

const RELEASE = 'mitmproxy==12.3.1'
const PLACE = join(LAB, 'mitmproxy')
const HOST = 'keep_host_header: true'
const header = (name: string, value: string): Slip => ['', `modify_headers: ["/~q/${name}/${value}"]`]

export const MITMPROXY: Intermediary = {
  name: 'mitmproxy',
  version: [join(PLACE, 'bin/mitmdump'), '--version'],
  install: () =>
    once('mitmproxy', RELEASE, [
      [python(), '-m', 'venv', PLACE],
      [join(PLACE, 'bin/pip'), 'install', '--quiet', RELEASE],
    ]),
  faithful: HOST,
  anchor: HOST,
  mistakes: {
    default: [HOST, ''],
    'host-set': header('Host', 'store.internal'),
    'metadata-removed': header('X-Amz-Meta-Origin', ''),
    'content-type-set': header('Content-Type', 'application/octet-stream'),
    'user-agent-set': header('User-Agent', 'edge'),
    'accept-encoding-removed': ['', 'anticomp: true'],
    'conditions-removed': ['', 'anticache: true'],
    'date-removed': header('X-Amz-Date', ''),
    'authorization-removed': header('Authorization', ''),
    'hash-replaced': header('X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD'),
    'body-edited': ['', 'modify_body: ["/~q/name/title"]'],
    'prefix-added': ['', 'map_remote: ["|/in-transit|/store/in-transit"]'],
  },
  async start({ lines }, { to, folder }) {
    const [port] = (await freePorts(1)) as [number]
    const shown = join(folder, 'config.yaml')
    writeFileSync(
      shown,
      `mode: ["reverse:http://127.0.0.1:${to}"]\nlisten_host: 127.0.0.1\nlisten_port: ${port}\nflow_detail: 0\ntermlog_verbosity: error\n${lines}\n`,
    )
    return started([join(PLACE, 'bin/mitmdump'), '--set', `confdir=${folder}`], port, folder, [shown])
  },
}

/** It wants Python 3.12 or later. */
function python(): string {
  const names = [
    'python3',
    'python3.13',
    'python3.12',
    ...['3.13.0', '3.12.1'].map((one) => join(homedir(), '.pyenv/versions', one, 'bin/python')),
  ]
  const recent = (name: string) =>
    (!name.startsWith('/') || existsSync(name)) && spawnSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 12))']).status === 0
  const found = names.find(recent)
  if (found === undefined) throw new Error('there is no Python 3.12 or later')
  return found
}
