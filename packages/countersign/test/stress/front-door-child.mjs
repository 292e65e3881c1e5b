// The server that load goes to, in a process of its own: what it tells goes to its parent as messages, its errors to stderr.
import { Server } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { credentialsFile } from '../../src/server/credentials-file.ts'
import { openFrontDoor } from '../../src/server/front-door.ts'

const { path, diagnose, ...options } = JSON.parse(process.argv[2])
const delay = monitorEventLoopDelay({ resolution: 10 })
delay.enable()
const figures = { peakBytes: 0, accepted: 0, refused: 0, errors: 0, diagnosed: 0, longestUselessSeconds: 0 }
const measure = () => {
  figures.peakBytes = Math.max(figures.peakBytes, process.memoryUsage().rss)
}
setInterval(measure, 100).unref()
// How long a connection is kept that gets nowhere: from when it was taken, which on a busy machine is later than its client thinks.
const useful = new WeakSet()
const emit = Server.prototype.emit
Server.prototype.emit = function (name, first, second, ...rest) {
  if (name === 'connection') {
    const start = performance.now()
    first.once('close', () => {
      if (!useful.has(first)) figures.longestUselessSeconds = Math.max(figures.longestUselessSeconds, (performance.now() - start) / 1000)
    })
  } else if (name === 'request') {
    const { socket } = first
    second.once('finish', () => useful.add(socket).add(socket.base ?? socket))
  }
  return emit.call(this, name, first, second, ...rest)
}
const keys = await credentialsFile(path, { pollMilliseconds: 50, onChange: (change) => process.send({ change }) })
const door = await openFrontDoor({
  ...options,
  port: 0,
  credentials: keys.store,
  onEvent: ({ code }) => {
    if (code === 'accepted') figures.accepted++
    else figures.refused++
  },
  onError: (error) => {
    figures.errors++
    console.error('onError', error)
  },
  ...(diagnose ? { onDiagnosis: () => figures.diagnosed++, onUndiagnosed: (_, why, error) => error && console.error(why, error) } : {}),
})
process.send({ port: Number(new URL(door.url).port) })
// Whoever started this is gone: nothing is to be left behind.
process.once('disconnect', () => process.exit())
process.once('SIGINT', async () => {
  const start = performance.now()
  await door.close()
  keys.close()
  measure()
  process.send(
    { figures: { ...figures, closedInMilliseconds: performance.now() - start, longestDelayMilliseconds: delay.max / 1e6 } },
    () => process.disconnect(),
  )
})
