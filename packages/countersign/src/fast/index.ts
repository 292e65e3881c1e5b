/** The law's verdicts and signatures, sooner: the subpath `countersign/fast`. */
export { sign } from './sign.js'
export { verify } from './verify.js'
