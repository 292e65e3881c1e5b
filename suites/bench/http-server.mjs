/** The server of suites/bench/http.mjs, in a separate process: answers 200 to what passes, and tells what processor time it used. */
import { createServer } from 'node:http'
import { verify } from '../../packages/countersign/dist/fast/index.js'
import { requestHead, serveVerified } from '../../packages/countersign/dist/server/index.js'
import { SecretAccessKey } from '../../packages/countersign/dist/sigv4/index.js'
import { createVerifier, credentialsOf } from '../../packages/countersign/dist/verifier/index.js'

const [, , mode, id, secret] = process.argv
const key = new SecretAccessKey(secret)
let [served, refused] = [0, 0]
const answer = (_, response) => {
  served++
  response.end('ok')
}
const refuse = (response) => {
  refused++
  response.writeHead(403).end()
}
const server = createServer()
if (mode === 'bare') server.on('request', answer)
else if (mode === 'verify')
  server.on('request', (request, response) =>
    verify(requestHead(request), key, { now: Date.now() }).ok ? answer(request, response) : refuse(response),
  )
else serveVerified(server, createVerifier({ credentials: credentialsOf({ [id]: { key } }), onRefusal: () => refused++ }), answer)
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
process.on('message', (what) => {
  if (what === 'end') process.exit()
  const { user, system } = process.cpuUsage()
  process.send({ served, refused, spent: user + system })
})
