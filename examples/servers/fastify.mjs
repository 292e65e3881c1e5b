// A server on Fastify that takes signed requests, and no others.
// Start it: node fastify.mjs     Call it: node call.mjs http://127.0.0.1:9000
import { fileURLToPath } from 'node:url'
import { createRefusalReporter, credentialsFile, fastifyHook } from 'countersign/server'
import { createVerifier } from 'countersign/verifier'
import fastify from 'fastify'

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

const app = fastify()
// First: before every other hook. The body that Fastify parses afterwards is verified.
app.addHook('onRequest', fastifyHook(verifier, { onError: console.error }))
app.post('/things', async (request) => ({ caller: request.raw.caller.principal, got: request.body }))
console.log(await app.listen({ port: Number(process.env.PORT ?? 9000), host: '127.0.0.1' }))
