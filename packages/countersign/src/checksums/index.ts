/** The door of the room: what other rooms may use of it. */
export type { Checksum } from './checksum.js'
export { Crc32, Crc32c, Crc64Nvme } from './crc.js'
export { Md5 } from './md5.js'
export { Sha1 } from './sha1.js'
