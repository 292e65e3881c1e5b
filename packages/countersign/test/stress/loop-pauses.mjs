// In the server's process: its parent asks ("pause") for the longest that the thread of the event loop computed without a break since
// it was last asked. Processor time where Linux tells it, so that a busy machine is not taken for a busy server; else time.
import { readFileSync } from 'node:fs'

const EVERY = 5
let [last, longest] = [spent(), 0]

function spent() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6
  } catch {
    return performance.now()
  }
}

setInterval(() => {
  const now = spent()
  longest = Math.max(longest, now - last)
  last = now
}, EVERY).unref()
process.on('message', (message) => {
  if (message !== 'pause') return
  process.send({ pause: longest })
  longest = 0
})
process.once('disconnect', () => process.exit())
