// What an answer comes to: accepted, refused with which status and code, or something else that says nothing of the signature.

/** Codes that a server sends after it has believed the signature. */
const BELIEVED = new Set(['NoSuchKey', 'NoSuchBucket', 'InvalidRange'])
/** Codes that say the request cannot be served, rightly signed or not. */
const UNSERVED =
  /^(?:XMinio|InvalidObjectName|InvalidBucketName|KeyTooLong|MethodNotAllowed|NotImplemented|InvalidURI|InternalError|ServiceUnavailable)/

export function answerOf(answer, request, expected) {
  if (answer.error !== undefined) return { accepted: false, unserved: true, text: 'no answer' }
  const { status, body } = answer
  const [code, message] = ['Code', 'Message'].map((name) => plain(new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1] ?? ''))
  const head = request.head.startsWith('HEAD ')
  const accepted = status < 300 || BELIEVED.has(code) || (head && status === 404)
  // What AWS says, too, is its verdict, also where it is a status that else says nothing of the request.
  const asAws = status === expected.status && code === expected.code
  const unserved =
    !accepted && !asAws && (status >= 500 || [405, 412].includes(status) || (status === 404 && code === '') || UNSERVED.test(code))
  return { accepted, unserved, head, status, code, message, text: accepted ? 'accepted' : `${status}${code === '' ? '' : ` ${code}`}` }
}

function plain(text) {
  return text.replace(/&(quot|apos|lt|gt|amp|#39|#34);/g, (_, name) => ENTITIES[name])
}

const ENTITIES = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&', '#39': "'", '#34': '"' }
