/** What AWS answers where the signature is not what it looks at first: seen of AWS itself, over a socket to the stand-in. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type FrontDoor, openFrontDoor } from '../../src/server/index.ts'
import type { Header, HttpRequest } from '../../src/sigv4/http-request.ts'
import { signPostPolicy } from '../../src/sigv4/post-policy.ts'
import { credentialsOf } from '../../src/verifier/index.ts'
import { type RawAnswer, rawExchange } from '../support/raw-exchange.ts'
import { CREDENTIALS, KEY_ID, NOW, plain, SECRET, signed } from '../support/signed.ts'

const opened = (strict: boolean) =>
  openFrontDoor({ port: 0, strict, credentials: credentialsOf({ [KEY_ID]: { key: SECRET, principal: 'alice' } }), clock: () => NOW })
let [door, strict]: [FrontDoor | undefined, FrontDoor | undefined] = [undefined, undefined]

before(async () => {
  door = await opened(false)
  strict = await opened(true)
})
after(async () => {
  await door?.close()
  await strict?.close()
})

function sent(request: HttpRequest, more: readonly Header[] = [], to = door): Promise<RawAnswer> {
  const headers = [...request.headers, ...more, ['Connection', 'close']].map(([name, value]) => `${name}: ${value}\r\n`)
  const head = Buffer.from(`${request.method} ${request.target} HTTP/1.1\r\n${headers.join('')}\r\n`, 'latin1')
  return rawExchange(Number(new URL(to!.url).port), Buffer.concat([head, request.body ?? Buffer.alloc(0)]))
}

const s3 = (method: string, target: string, body = '', headers: readonly Header[] = []) =>
  signed(plain(method, target, body, headers), 's3')
const codeOf = ({ body }: RawAnswer) => /<Code>([^<]*)<\/Code>/.exec(body)?.[1]

describe('S3', () => {
  it('takes no notice of an Expect that is empty or asks for something else', async () => {
    for (const value of ['', 'patience']) {
      const answer = await sent(s3('PUT', '/b/expected', 'abc'), [['Expect', value]])
      assert.equal(answer.status, 200, value)
    }
    assert.equal((await sent(s3('GET', '/b/expected'))).body, 'abc')
  })

  it('answers OPTIONS before it asks whose request it is', async () => {
    const asked = (...headers: Header[]): HttpRequest => ({
      method: 'OPTIONS',
      target: '/b/k',
      headers: [['Host', 'localhost'], ...headers],
      body: undefined,
    })
    const origin = ['Origin', 'https://page.example'] as const
    const method = ['Access-Control-Request-Method', 'PUT'] as const
    for (const [request, status, code] of [
      [asked(), 400, 'BadRequest'],
      [asked(origin), 400, 'BadRequest'],
      [asked(method), 400, 'BadRequest'],
      [s3('OPTIONS', '/b/k'), 400, 'BadRequest'],
      [asked(origin, method), 403, 'AccessForbidden'],
    ] as const) {
      const answer = await sent(request)
      assert.deepEqual([answer.status, codeOf(answer)], [status, code])
      assert.equal(answer.headers.get('access-control-allow-origin'), undefined)
    }
  })

  it('keeps Content-Encoding without aws-chunked, wherever that stands', async () => {
    for (const [given, kept] of [
      ['aws-chunked, gzip', 'gzip'],
      ['gzip,aws-chunked', 'gzip'],
      ['gzip, aws-chunked, br', 'gzip, br'],
      ['aws-chunked', undefined],
    ] as const) {
      await sent(s3('PUT', '/b/encoded', 'abc', [['Content-Encoding', given]]))
      assert.equal((await sent(s3('GET', '/b/encoded'))).headers.get('content-encoding'), kept, given)
    }
  })

  it('says where the file of a form is, its key escaped', async () => {
    const conditions = [
      { bucket: 'b' },
      ['starts-with', '$key', ''],
      ['starts-with', '$success_action_status', ''],
      ['starts-with', '$Content-Disposition', ''],
    ]
    const fields = signPostPolicy({ expiration: NOW + 60_000, conditions }, CREDENTIALS, { now: NOW, region: 'eu-west-1' })
    const posted = (status: string, target: string, host: string): HttpRequest => {
      const all = [
        { name: 'key', value: 'in/a b' },
        { name: 'success_action_status', value: status },
        { name: 'Content-Disposition', value: 'inline' },
        ...fields,
      ]
      const parts = all.map(({ name, value }) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
      const body = Buffer.from(`${parts.join('')}--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nabc\r\n--x--\r\n`)
      const headers: Header[] = [
        ['Host', host],
        ['Content-Type', 'multipart/form-data; boundary=x'],
        ['Content-Length', String(body.length)],
      ]
      return { method: 'POST', target, headers, body }
    }
    for (const [asked, status] of [
      ['200', 200],
      ['201', 201],
      ['204', 204],
      ['999', 204],
    ] as const) {
      const answer = await sent(posted(asked, '/b', 'localhost:9000'))
      assert.deepEqual([answer.status, answer.headers.get('location')], [status, 'http://localhost:9000/b/in%2Fa%20b'], answer.body)
    }
    assert.equal((await sent(s3('GET', '/b/in/a%20b'))).headers.get('content-disposition'), 'inline')
    const virtual = await sent(posted('204', '/', 'b.localhost:9000'))
    assert.equal(virtual.headers.get('location'), 'http://b.localhost:9000/in%2Fa%20b')
  })
})

describe('a page of this machine', () => {
  const origin = ['Origin', 'http://localhost:5173'] as const
  const preflight: HttpRequest = {
    method: 'OPTIONS',
    target: '/b/k',
    headers: [
      ['Host', 'localhost'],
      origin,
      ['Access-Control-Request-Method', 'PUT'],
      ['Access-Control-Request-Headers', 'authorization, x-amz-date'],
    ],
    body: undefined,
  }

  it('may send what it signs, and reads what it is refused', async () => {
    const answer = await sent(preflight)
    assert.deepEqual(
      ['access-control-allow-origin', 'access-control-allow-methods', 'access-control-allow-headers'].map((name) =>
        answer.headers.get(name),
      ),
      ['http://localhost:5173', 'PUT', 'authorization, x-amz-date'],
    )
    assert.equal(answer.status, 200)
    const refused = await sent({ ...plain('GET', '/b/k'), headers: [['Host', 'localhost']] }, [origin])
    assert.deepEqual([refused.status, refused.headers.get('access-control-allow-origin')], [403, 'http://localhost:5173'])
  })

  it('is refused like any other by --strict, and so is a page of another machine by either', async () => {
    assert.equal((await sent(preflight, [], strict)).status, 403)
    for (const other of ['http://localhost.example', 'http://127.0.0.1.example:80', 'null', 'http://localhost:5173, http://b', 'file://']) {
      const headers = preflight.headers.map(([name, value]) => [name, name === 'Origin' ? other : value] as const)
      const answer = await sent({ ...preflight, headers })
      assert.deepEqual([answer.status, answer.headers.get('access-control-allow-origin')], [403, undefined], other)
    }
  })
})

describe('STS', () => {
  const asked = (body: string, headers: readonly Header[] = [['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']]) =>
    sent(signed(plain('POST', '/', body, headers), 'sts'))
  const WHO = 'Action=GetCallerIdentity&Version=2011-06-15'

  it('answers with its namespace and its line breaks', async () => {
    const { status, body } = await asked(WHO)
    assert.equal(status, 200)
    assert.match(
      body,
      /^<GetCallerIdentityResponse xmlns="https:\/\/sts\.amazonaws\.com\/doc\/2011-06-15\/">\n {2}<GetCallerIdentityResult>\n {4}<Arn>[^<]*<\/Arn>\n {4}<UserId>/,
    )
    const wrong = signed(plain('POST', '/', WHO, [['Content-Type', 'application/x-www-form-urlencoded']]), 'sts')
    const refused = await sent({ ...wrong, body: Buffer.from(`${WHO.slice(0, -1)}6`) })
    assert.match(
      refused.body,
      /^<ErrorResponse xmlns="https:\/\/sts\.amazonaws\.com\/doc\/2011-06-15\/">\n {2}<Error>\n {4}<Type>Sender<\/Type>\n {4}<Code>SignatureDoesNotMatch<\/Code>\n {4}<Message>[^<]*<\/Message>\n {2}<\/Error>\n {2}<RequestId>[^<]*<\/RequestId>\n<\/ErrorResponse>\n$/,
    )
  })

  it('knows no other action and no other version', async () => {
    for (const [body, message] of [
      ['Action=MakeCoffee&Version=2011-06-15', 'Could not find operation MakeCoffee for version 2011-06-15'],
      ['Action=GetCallerIdentity&Version=2010-05-08', 'Could not find operation GetCallerIdentity for version 2010-05-08'],
      ['Action=GetCallerIdentity', 'Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED'],
    ] as const) {
      const answer = await asked(body)
      assert.equal(answer.status, 400)
      assert.match(answer.body, /^<ErrorResponse xmlns="http:\/\/webservices\.amazon\.com\/AWSFault\/2005-15-09">\n/)
      assert.ok(answer.body.includes(`<Code>InvalidAction</Code>\n    <Message>${message}</Message>`), answer.body)
    }
    assert.equal((await asked('Action=GetSessionToken&Version=2011-06-15')).status, 200)
  })

  it('sends who names no action to its page; a body of no type is no form', async () => {
    for (const answer of [await asked('Version=2011-06-15'), await asked(WHO, [])])
      assert.deepEqual([answer.status, answer.headers.get('location')], [302, 'https://aws.amazon.com/iam'])
  })
})
