// Cuts the bytes of one direction of an HTTP/1.1 connection into messages, without changing a byte. The relay needs to
// know where a head ends, and nothing else of HTTP.

const HEAD_END = Buffer.from('\r\n\r\n')

/**
 * @param heard.head called with the head's bytes, blank line included; what it returns is passed on in their place
 * @param heard.piece called with bytes of a body, as they came
 * @param heard.end called when a message is whole
 * @param hasBody says of a head whether a body may follow at all (answers to HEAD, 204 and 304 have none)
 */
export function messageStream(heard, hasBody = () => true) {
  let state = 'head'
  let held = Buffer.alloc(0)
  let left = 0

  const finish = () => {
    state = 'head'
    heard.end()
  }
  const begin = (head) => {
    const text = head.toString('latin1')
    const coding = /\r\ntransfer-encoding:[ \t]*([^\r]*)/i.exec(text)?.[1] ?? ''
    const length = /\r\ncontent-length:[ \t]*(\d+)/i.exec(text)?.[1]
    if (!hasBody(text)) return finish()
    if (/chunked/i.test(coding)) state = 'chunk-size'
    else if (length !== undefined && length !== '0') {
      state = 'body'
      left = Number(length)
    } else if (length === undefined && text.startsWith('HTTP/')) state = 'until-close'
    else finish()
  }
  // One step: what it takes off `held`, or undefined where more bytes are needed.
  const steps = {
    head() {
      const end = held.indexOf(HEAD_END)
      if (end < 0) return undefined
      const head = held.subarray(0, end + 4)
      heard.head(head)
      begin(head)
      return end + 4
    },
    body() {
      const taken = Math.min(left, held.length)
      if (taken > 0) heard.piece(held.subarray(0, taken))
      left -= taken
      if (left === 0) finish()
      return taken > 0 ? taken : undefined
    },
    'chunk-size'() {
      const end = held.indexOf('\r\n')
      if (end < 0) return undefined
      left = Number.parseInt(held.toString('latin1', 0, end), 16) + 2
      heard.piece(held.subarray(0, end + 2))
      state = left === 2 ? 'trailer' : 'chunk'
      return end + 2
    },
    chunk() {
      const taken = Math.min(left, held.length)
      if (taken > 0) heard.piece(held.subarray(0, taken))
      left -= taken
      if (left === 0) state = 'chunk-size'
      return taken > 0 ? taken : undefined
    },
    trailer() {
      const end = held.indexOf('\r\n')
      if (end < 0) return undefined
      heard.piece(held.subarray(0, end + 2))
      if (end === 0) finish()
      return end + 2
    },
    'until-close'() {
      if (held.length > 0) heard.piece(held)
      return held.length > 0 ? held.length : undefined
    },
  }

  return {
    push(bytes) {
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes])
      while (held.length > 0) {
        const taken = steps[state]()
        if (taken === undefined) return
        held = held.subarray(taken)
      }
    },
    close() {
      if (state === 'until-close') finish()
    },
  }
}
