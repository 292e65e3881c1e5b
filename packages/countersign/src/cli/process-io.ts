/** The real outside: this process's streams, environment and clock. */
import { homedir } from 'node:os'
import process from 'node:process'
import { standardInput } from './file-chunks.js'
import { EXIT, type Io } from './terminal-rules.js'

/**
 * The process as a command sees it. A reader that goes away early (`| head`) ends the output, not the program; an output that
 * cannot be written (a full disk) gets one line, and sets the exit code.
 */
export function processIo(): Io {
  for (const [stream, listener] of [
    [process.stdout, onOutputError],
    [process.stderr, onErrorOutputError],
  ] as const)
    if (!stream.listeners('error').includes(listener)) stream.on('error', listener)
  return {
    // Node makes the stream when it is asked for, and takes its time.
    get stdin() {
      const pipe = standardInput()
      return pipe === undefined ? process.stdin : Object.assign(pipe, { isTTY: false })
    },
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
    onTerminate: (listener) => {
      process.once('SIGTERM', listener)
      return () => process.off('SIGTERM', listener)
    },
    askSecret,
  }
}

function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || process.exitCode === EXIT.output) return
  process.exitCode = EXIT.output
  const why = error.code === 'ENOSPC' ? 'no space is left on the device' : (error.code ?? error.message)
  process.stderr.write(`countersign: the output could not be written: ${why}\n`)
}

/** Nobody is left to be told. */
function onErrorOutputError(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') process.exitCode = EXIT.output
}

/** Reads one line from the terminal without echo. */
async function askSecret(prompt: string): Promise<string | undefined> {
  const { stdin } = process
  if (stdin.isTTY !== true) return undefined
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
