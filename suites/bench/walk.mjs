/**
 * Walks with a request through the source: which files of `src` it is handed to, one after the other, and how often it comes back into
 * a file that it has left. `npm run walk`; the count is in docs/manual/performance.md.
 *
 * A step is a call that crosses from one file to another, seen by stepping through it in V8's debugger; a value that is handed back is
 * none. A step into a file that was entered before is a return.
 */
import { once } from 'node:events'
import { Session } from 'node:inspector'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

if (isMainThread) await walkAll()
else watch()

async function walkAll() {
  const { createVerifier } = await import('../../packages/countersign/src/verifier/index.ts')
  const { presign, sign } = await import('../../packages/countersign/src/sigv4/index.ts')
  const { CREDENTIALS, KEY, NOW, OPTIONS } = await import('./requests.mjs')
  const verifier = createVerifier({ credentials: () => ({ key: KEY }), clock: () => NOW })
  const plain = { method: 'GET', target: '/photos/2015/img.jpg?prefix=a', headers: [['Host', 's3.us-east-1.amazonaws.com']] }
  const body = new TextEncoder().encode('some bytes')
  const get = sign({ ...plain, body: new Uint8Array() }, CREDENTIALS, OPTIONS)
  const put = sign({ ...plain, method: 'PUT', body }, CREDENTIALS, OPTIONS)
  const url = presign({ ...plain, target: '/photos/2015/img.jpg', body: new Uint8Array() }, CREDENTIALS, { ...OPTIONS, expiresSeconds: 60 })
  const post = sign({ ...plain, method: 'POST', target: '/', body }, CREDENTIALS, { ...OPTIONS, service: 'execute-api' })
  const wrong = { ...get, target: '/photos/2015/other.jpg' }
  const opened = (request, bytes) => {
    const is = verifier.open({ ...request, body: undefined })
    is.body.push(bytes)
    return is.body.end()
  }
  const walks = {
    'GET, accepted': () => verifier.judge(get),
    'presigned GET, accepted': () => verifier.judge(url),
    'PUT to S3, all there, accepted': () => verifier.judge(put),
    'PUT to S3, as it comes, accepted': () => opened(put, body),
    'POST to another service, all there, accepted': () => verifier.judge(post),
    'POST to another service, as it comes, accepted': () => opened(post, body),
    'GET, refused': () => verifier.judge(wrong),
  }
  const worker = new Worker(new URL(import.meta.url), { execArgv: [] })
  await once(worker, 'message')
  for (const [name, walk] of Object.entries(walks)) {
    // The second of a kind: what is learned of a client is learned.
    for (let i = 0; i < 2; i++) await walk()
    worker.postMessage('begin')
    await once(worker, 'message')
    // biome-ignore lint/suspicious/noDebugger: here the watcher begins
    debugger
    const answer = walk()
    worker.postMessage('end')
    const [files] = await once(worker, 'message')
    const { ok } = await answer
    if (ok !== name.endsWith('accepted')) throw new Error(`${name}: that was not what came of it`)
    tell(name, files)
  }
  worker.postMessage('exit')
}

function tell(name, files) {
  const seen = new Set()
  const returns = files.filter((file) => seen.size === seen.add(file).size)
  console.log(`${name}: ${seen.size} files, ${returns.length} returns`)
  if (process.argv.includes('--files')) console.log(`  ${files.join('\n  ')}`)
}

/** The thread that steps. */
function watch() {
  const session = new Session()
  session.connectToMainThread()
  const [urls, entries, steps] = [new Map(), new Map(), []]
  let before = []
  session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url))
  session.on('Debugger.paused', ({ params }) => {
    const frames = params.callFrames.map((frame) => ({
      file: /\/src\/(.*\.ts)$/.exec(urls.get(frame.location.scriptId) ?? '')?.[1],
      code: `${frame.functionLocation?.scriptId}:${frame.functionLocation?.lineNumber}:${frame.functionLocation?.columnNumber}`,
      at: [frame.location.lineNumber, frame.location.columnNumber],
    }))
    const [top, below] = frames
    const last = before.at(-frames.length)
    const isBegun = entries.get(top.code) === String(top.at) && String(last?.at) !== String(top.at)
    const isCall = frames.length > before.length || (frames.length === before.length && (last.code !== top.code || isBegun))
    if (isCall && !entries.has(top.code)) entries.set(top.code, String(top.at))
    if (isCall && top.file !== undefined && below?.file !== top.file) steps.push(top.file)
    before = frames
    session.post('Debugger.stepInto')
  })
  session.post('Debugger.enable')
  session.post('Debugger.setBlackboxPatterns', { patterns: ['^node:', 'node_modules'] })
  parentPort.on('message', (what) => {
    if (what === 'exit') process.exit()
    if (what === 'begin') steps.length = 0
    parentPort.postMessage([...steps])
  })
  parentPort.postMessage('ready')
}
