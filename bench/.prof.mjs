import { presign, SecretAccessKey, sign, verify } from '/work/main/packages/countersign/src/sigv4/index.ts'

const KEY = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
const O = { now: Date.UTC(2015, 7, 30, 12, 36), region: 'us-east-1', service: 's3' }
const C = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: KEY }
const get = {
  method: 'GET',
  target: '/photos/2015/summer.jpg',
  headers: [['Host', 'examplebucket.s3.us-east-1.amazonaws.com']],
  body: new Uint8Array(),
}
const put = {
  method: 'PUT',
  target: `/photos/2015/summer.jpg?${Array.from({ length: 10 }, (_, i) => `parameter${i}=value%20${i}`).join('&')}`,
  headers: [
    ...get.headers,
    ['Content-Type', 'image/jpeg'],
    ...Array.from({ length: 8 }, (_, i) => [`X-Amz-Meta-Name${i}`, `value of ${i}`]),
  ],
  body: new Uint8Array(),
}
const which = process.argv[2]
const r = which === 'get' ? sign(get, C, O) : which === 'pre' ? presign(get, C, { ...O, expiresSeconds: 900 }) : sign(put, C, O)
for (let i = 0; i < 20000; i++) verify(r, KEY, O)
const t = process.hrtime.bigint()
for (let i = 0; i < 100000; i++) verify(r, KEY, O)
console.log(which, Number(process.hrtime.bigint() - t) / 1e8, 'us')
