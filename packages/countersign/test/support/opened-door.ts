/** The stand-in, opened, and one who signs what is sent to it. */
import { type FrontDoorOptions, openFrontDoor } from '../../src/server/index.ts'
import { credentialsOf } from '../../src/verifier/index.ts'
import { KEY_ID, NOW, plain, SECRET, signed } from './signed.ts'

export async function openedDoor(options: Partial<FrontDoorOptions> = {}) {
  const opened = await openFrontDoor({
    port: 0,
    credentials: credentialsOf({ [KEY_ID]: { key: SECRET, principal: 'alice' } }),
    clock: () => NOW,
    ...options,
  })
  const host = opened.url.slice('http://'.length)
  const send = async (
    method: string,
    target: string,
    body = '',
    service = 's3',
    headers: readonly (readonly [string, string])[] = [],
    secret = SECRET,
  ) => {
    const request = signed(plain(method, target, body, headers, host), service, {}, { accessKeyId: KEY_ID, secretAccessKey: secret })
    const bare = request.headers.filter(([name]) => !/^(?:host|content-length)$/i.test(name)) as [string, string][]
    const response = await fetch(`${opened.url}${target}`, { method, headers: bare, ...(body === '' ? {} : { body }) })
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
  return { ...opened, send }
}
