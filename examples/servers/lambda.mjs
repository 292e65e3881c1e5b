// A Lambda function that takes signed requests, and no others: behind a function URL, API Gateway or a load balancer.
// Its keys are in the environment: KEYS = {"AKIAIOSFODNN7EXAMPLE": "the secret access key"}. Call it: node call-lambda.mjs
import { SecretAccessKey } from 'countersign/sigv4'
import { createVerifier, credentialsOf, lambdaHandler } from 'countersign/verifier'

const keys = Object.entries(JSON.parse(process.env.KEYS)).map(([id, secret]) => [
  id,
  { key: new SecretAccessKey(secret), principal: 'alice' },
])
const verifier = createVerifier({
  credentials: credentialsOf(Object.fromEntries(keys)),
  services: ['execute-api'],
  regions: ['eu-west-1'],
  // Lambda writes it to CloudWatch Logs. `diagnoseRefusal` of countersign/refusals says more, and takes its time.
  onRefusal: ({ requestId, error }) => console.error(requestId, error.code, error.check),
})

export const handler = lambdaHandler(verifier, (_event, caller, { body }) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ caller: caller.principal, got: JSON.parse(Buffer.from(body).toString()) }),
}))
