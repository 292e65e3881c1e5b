import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { freePorts, REGION, run, SECRET, workplace } from '../place.mjs'

const PACKAGES = ['swift-proxy', 'swift-account', 'swift-container', 'swift-object']
/** An access key ID of Swift's is account and user. */
const ID = 'test:tester'

export const name = 'OpenStack Swift s3api'
export const origin = `Debian packages ${PACKAGES.join(' ')}`
export const install = () =>
  existsSync('/usr/bin/swift-proxy-server') ||
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...PACKAGES], { env: { DEBIAN_FRONTEND: 'noninteractive' } })
export const version = () => /^Version: (.*)$/m.exec(run('dpkg', ['-s', 'swift-proxy']))[1]

/** A cluster of one: each ring has one partition, and one device in the run's folder. */
export async function start() {
  const place = workplace('swift')
  const { folder } = place
  const [port, ...ports] = await freePorts(4)
  mkdirSync(`${folder}/devices/d1`, { recursive: true })
  const kinds = ['account', 'container', 'object']
  kinds.forEach((kind, i) => {
    const builder = `${folder}/${kind}.builder`
    run('swift-ring-builder', [builder, 'create', '1', '1', '0'])
    run('swift-ring-builder', [builder, 'add', `r1z1-127.0.0.1:${ports[i]}/d1`, '1'])
    run('swift-ring-builder', [builder, 'rebalance'])
    writeFileSync(`${folder}/${kind}.conf`, storageConfiguration(kind, ports[i], folder))
  })
  writeFileSync(`${folder}/proxy.conf`, proxyConfiguration(port, folder))
  kinds.forEach((kind) => {
    place.start(`swift-${kind}-server`, [`${folder}/${kind}.conf`])
  })
  place.start('swift-proxy-server', [`${folder}/proxy.conf`])
  for (const one of [...ports, port]) await place.listening(one)
  return { port, accessKeyId: ID, secretAccessKey: SECRET, end: place.end }
}

function storageConfiguration(kind, port, folder) {
  return `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
workers = 0
user = ${run('id', ['-un'])}
swift_dir = ${folder}
devices = ${folder}/devices
mount_check = false
[pipeline:main]
pipeline = ${kind}-server
[app:${kind}-server]
use = egg:swift#${kind}
`
}

function proxyConfiguration(port, folder) {
  return `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
workers = 0
user = ${run('id', ['-un'])}
swift_dir = ${folder}
[pipeline:main]
pipeline = catch_errors gatekeeper cache s3api tempauth copy slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:9
[filter:s3api]
use = egg:swift#s3api
location = ${REGION}
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = ${SECRET} .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
`
}
