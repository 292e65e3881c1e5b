// A server on Express that takes signed requests, and no others.
// Start it: node express.mjs     Call it: node call.mjs http://127.0.0.1:9000
import { fileURLToPath } from 'node:url'
import { createRefusalReporter, credentialsFile, verifyingMiddleware } from 'countersign/server'
import { createVerifier } from 'countersign/verifier'
import express from 'express'

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

const app = express()
// First: before body parsers, sessions and everything else that waits.
app.use(verifyingMiddleware(verifier, { onError: console.error }))
app.use(express.json())
app.post('/things', (request, response) => {
  response.json({ caller: request.caller.principal, got: request.body })
})
const server = app.listen(Number(process.env.PORT ?? 9000), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
