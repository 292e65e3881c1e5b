// A Worker that takes signed requests, and no others: Request in, Response out, nothing of Node. Deno and Bun run it, too.
// Its keys are a secret of the Worker: KEYS = {"AKIAIOSFODNN7EXAMPLE": "the secret access key"}. Call it: node call-worker.mjs
import { createStepwiseDiagnoser } from 'countersign/refusals'
import { SecretAccessKey } from 'countersign/sigv4'
import { bodyText, createVerifier, credentialsOf, fetchHandler } from 'countersign/verifier'

const diagnoser = createStepwiseDiagnoser({
  onDiagnosis: ({ requestId }, { outcome, findings }) => console.error(requestId, outcome, findings[0]?.summary ?? ''),
  onUndiagnosed: ({ requestId }, why) => console.error(requestId, 'not diagnosed:', why),
})

function handlerFor(env) {
  const keys = Object.entries(JSON.parse(env.KEYS)).map(([id, secret]) => [id, { key: new SecretAccessKey(secret), principal: 'alice' }])
  const verifier = createVerifier({
    credentials: credentialsOf(Object.fromEntries(keys)),
    services: ['execute-api'],
    regions: ['eu-west-1'],
    onRefusal: diagnoser.add,
  })
  return fetchHandler(verifier, async (_request, { caller, body }) =>
    Response.json({ caller: caller.principal, got: JSON.parse(await bodyText(body)) }),
  )
}

// Once for each isolate: derived signing keys are kept with the secret.
let handle

export default {
  async fetch(request, env, context) {
    handle ??= handlerFor(env)
    const response = await handle(request)
    context?.waitUntil?.(diagnoser.idle())
    return response
  },
}
