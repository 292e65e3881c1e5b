/** The door of the room: what other rooms may use of it. */
export type { Checksum } from './checksum.js'
export { Crc32, Crc32c, Crc64Nvme } from './crc.js'
export { Md5 } from './md5.js'
export { Sha1 } from './sha1.js'
export { Sha512 } from './sha512.js'
export { Xxh3Of64, Xxh3Of128 } from './xxh3.js'
export { Xxh64 } from './xxh64.js'
