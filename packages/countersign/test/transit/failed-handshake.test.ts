import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { createThrowAwayCa, openRelay } from '../../src/transit/index.ts'

test('a relay with TLS cuts failed handshakes off, and ends with one that never begins', async () => {
  const authority = await createThrowAwayCa(Date.now())
  const relay = await openRelay({
    listen: { host: '127.0.0.1', port: 0 },
    tls: await authority.leaf('localhost'),
    upstream: { host: '127.0.0.1', port: 9, tls: false },
    onExchange: () => {},
  })
  const plain = connect({ host: '127.0.0.1', port: relay.port, allowHalfOpen: true }).on('error', () => {})
  plain.resume().write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  await once(plain, 'end')
  const silent = connect(relay.port, '127.0.0.1').on('error', () => {})
  await once(silent, 'connect')
  const closed = once(silent, 'close')
  await relay.close(50)
  await closed
  assert.ok(silent.destroyed)
  plain.destroy()
})
