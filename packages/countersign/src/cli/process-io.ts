/** The real outside: this process's streams, environment and clock. */
import { homedir } from 'node:os'
import process from 'node:process'
import { ReadStream } from 'node:tty'
import type { Io } from './terminal-rules.js'

/** The process as a command sees it. A reader that goes away early (`| head`) ends the output, not the program. */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) {
    if (!stream.listeners('error').includes(onOutputError)) stream.on('error', onOutputError)
  }
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    now: () => Date.now(),
    onInterrupt: (listener) => {
      process.once('SIGINT', listener)
      return () => process.off('SIGINT', listener)
    },
    askSecret,
  }
}

function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

/** Reads one line from the terminal without echo. */
async function askSecret(prompt: string): Promise<string | undefined> {
  const { stdin } = process
  if (!(stdin instanceof ReadStream) || !stdin.isTTY) return undefined
  process.stderr.write(prompt)
  stdin.setRawMode(true)
  stdin.resume()
  try {
    return await new Promise((resolve) => {
      let typed = ''
      const onData = (data: Buffer) => {
        for (const character of data.toString('latin1')) {
          const done = character === '\r' || character === '\n' || character === '\u0004'
          if (done || character === '\u0003') {
            stdin.off('data', onData)
            resolve(done ? typed : undefined)
            return
          }
          typed = character === '\u007f' || character === '\b' ? typed.slice(0, -1) : typed + character
        }
      }
      stdin.on('data', onData)
    })
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    process.stderr.write('\n')
  }
}
