/** The verdicts and signatures of `sigv4`, sooner: the subpath `countersign/fast`. */
export { presign } from './presign.js'
export { sign } from './sign.js'
export { acceptedPlain, type PlainRequest, plainRequest, verify } from './verify.js'
