// Runs command lines of the built product in a thread, so that a thousand of them need not start a thousand processes.
import { parentPort } from 'node:worker_threads'
import { main } from '../../packages/countersign/dist/cli/main.js'

parentPort.on('message', async ({ argv }) => {
  let out = ''
  const exit = await main(argv, {
    stdin: { async *[Symbol.asyncIterator]() {} },
    stdout: { write: (text) => (out += text) },
    stderr: { write: () => {} },
    env: {},
    cwd: process.cwd(),
    home: '/nonexistent',
    now: () => Date.now(),
    onInterrupt: () => () => {},
    askSecret: async () => undefined,
  })
  parentPort.postMessage({ exit, out })
})
