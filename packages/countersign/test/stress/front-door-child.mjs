// The server that load goes to, in a process of its own: what it tells goes to its parent as messages, its errors to stderr.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { credentialsFile } from '../../src/server/credentials-file.ts'
import { openFrontDoor } from '../../src/server/front-door.ts'

const { path, diagnose, ...options } = JSON.parse(process.argv[2])
const delay = monitorEventLoopDelay({ resolution: 10 })
delay.enable()
const figures = { peakBytes: 0, accepted: 0, refused: 0, errors: 0, diagnosed: 0 }
const measure = () => {
  figures.peakBytes = Math.max(figures.peakBytes, process.memoryUsage().rss)
}
setInterval(measure, 100).unref()
const keys = credentialsFile(path, { pollMilliseconds: 50, onChange: (change) => process.send({ change }) })
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
  ...(diagnose ? { onDiagnosis: () => figures.diagnosed++ } : {}),
})
process.send({ port: Number(new URL(door.url).port) })
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
