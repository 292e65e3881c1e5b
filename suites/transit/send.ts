/** Sends the bytes of a request as they are, and waits for the answer. */
import { connect } from 'node:net'
import { messageStream } from '../interop/message-stream.mjs'

/** A request as its bytes. */
export interface Bytes {
  readonly head: string
  readonly body: Buffer
}

export interface Answer {
  readonly status: number
  readonly head: string
  readonly body: Buffer
}

/** The answer, or `undefined` where none came. A body that waits for "100 Continue" waits no longer than curl does. */
export function sent(port: number, { head, body }: Bytes): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let answer: { head: string; status: number; pieces: Buffer[] } | undefined
    let waits = /\r\nexpect:[ \t]*100-continue/i.test(head)
    const done = () => {
      clearTimeout(late)
      clearTimeout(patience)
      socket.destroy()
      resolve(answer && { status: answer.status, head: answer.head, body: Buffer.concat(answer.pieces) })
    }
    const goOn = () => {
      if (waits) socket.write(body)
      waits = false
    }
    const late = setTimeout(done, LONGEST_MILLISECONDS)
    const patience = waits ? setTimeout(goOn, EXPECT_MILLISECONDS) : undefined
    const interim = (text: string) => /^HTTP\/1\.[01] 1\d\d/.test(text)
    const stream = messageStream(
      {
        head(bytes: Buffer) {
          const text = bytes.toString('latin1')
          if (interim(text)) goOn()
          else answer = { head: text, status: Number(text.slice(9, 12)), pieces: [] }
        },
        piece(bytes: Buffer) {
          answer?.pieces.push(Buffer.from(bytes))
        },
        end() {
          if (answer !== undefined) done()
        },
      },
      (text: string) => !interim(text) && !/^HTTP\/1\.[01] (?:204|304)/.test(text) && !head.startsWith('HEAD '),
    )
    socket.on('data', (bytes) => stream.push(bytes))
    socket.on('end', done)
    socket.on('error', done)
    socket.write(Buffer.concat([Buffer.from(head, 'latin1'), waits ? Buffer.alloc(0) : body]))
  })
}

const LONGEST_MILLISECONDS = 15_000
const EXPECT_MILLISECONDS = 1_000
