// A server of node:http that takes signed requests, and no others.
// Start it: node node-http.mjs     Call it: node call.mjs http://127.0.0.1:9000
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createRefusalReporter, credentialsFile, serveVerified } from 'countersign/server'
import { bodyText, createVerifier } from 'countersign/verifier'

const keys = await credentialsFile(fileURLToPath(new URL('keys.json', import.meta.url)))
const reporter = createRefusalReporter({
  onReport: ({ requestId }, report) => console.error(`${requestId}\n${report}`),
  onUndiagnosed: ({ requestId }, why) => console.error(requestId, 'not diagnosed:', why),
})
const verifier = createVerifier({
  credentials: keys.store,
  services: ['execute-api'],
  regions: ['eu-west-1'],
  onRefusal: reporter.add,
})

const server = createServer()
serveVerified(
  server,
  verifier,
  async (request, response) => {
    const got = JSON.parse(await bodyText(request))
    response.end(JSON.stringify({ caller: request.caller.principal, got }))
  },
  { onError: console.error },
)
server.listen(Number(process.env.PORT ?? 9000), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
