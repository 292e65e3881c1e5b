/** The end of a connection that leaves the other side time to hear the last words: to close at once would take back what is on its way. */
import type { Socket } from 'node:net'

/** Ends this side's direction; what still comes is read and dropped, for some seconds. */
export function lingeringEnd(socket: Socket, last?: Buffer): void {
  if (last === undefined) socket.end()
  else socket.end(last)
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), LINGER_MILLISECONDS)
  timer.unref()
  socket.once('close', () => clearTimeout(timer))
}

const LINGER_MILLISECONDS = 5000
