// Loaded before a program that chooses its port: it gets a free one, and tells its parent which.
import { Server } from 'node:net'
import './loop-pauses.mjs'

const { listen } = Server.prototype
Server.prototype.listen = function (_, ...rest) {
  this.once('listening', () => process.send({ port: this.address().port }))
  return listen.call(this, 0, ...rest)
}
