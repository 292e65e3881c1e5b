/** The door of the room: what other rooms may use of it. */
export { type Code, constant, type Emitted, END, emitter, get, I32, I64, moduleOf, set, signed, tee, unsigned, V128 } from './code.js'
export { type Instance, instanceOf } from './instance.js'
