/** Correct requests of many shapes: between them they give occasion for every mistake that an injection can make. */
import type { SigningInputs } from '../../src/sigv4/signing-inputs.ts'
import { standardInputs } from './standard-inputs.ts'

/** From plain to odd. */
export function occasions(): SigningInputs[] {
  return [
    standardInputs({ target: '/photos/a%20b.jpg' }),
    standardInputs({
      target: '/?prefix=a%20b&list-type=2&x',
      headers: [
        ['Accept-Encoding', 'identity'],
        ['User-Agent', 'agent/1.0'],
      ],
    }),
    standardInputs({
      method: 'PUT',
      target: '/k',
      body: '{"a": 1}',
      headers: [
        ['Content-Type', 'application/json'],
        ['X-Amz-Meta-A', 'a  b'],
      ],
    }),
    standardInputs({ target: '/a//b/../%C3%BC/%2B/~x(1)*' }),
    standardInputs({
      service: 'es',
      method: 'POST',
      target: '/index/_search?sort=_score&size=25',
      body: '{}',
      headers: [['Content-Type', 'application/json']],
    }),
    standardInputs({
      service: 'execute-api',
      target: '/prod/a%3Ab/x?B=1&a=2&a=1',
      headers: [
        ['X-Amz-Object-Attributes', 'A'],
        ['X-Amz-Object-Attributes', 'B'],
      ],
    }),
    standardInputs({
      service: 'iam',
      method: 'POST',
      body: 'UserName=J%C3%BCrgen+M%20K&Action=GetUser',
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    }),
    standardInputs({ target: '/?list-type=2&prefix=a%2Bb+c/&encoding-type=url' }),
    standardInputs({ target: '/Ko%CC%88ln/%C3%BC' }),
    standardInputs({ service: 'execute-api', target: '/dev/pets/dogs' }),
    standardInputs({
      method: 'PUT',
      target: '/named',
      headers: [
        ['X-Forwarded-For', '192.0.2.1'],
        ['Connection', 'keep-alive'],
        ['X-Amz-Meta-Name', 'gro\u00c3\u009f.jpg'],
      ],
    }),
    standardInputs({ target: '/a//b/k' }),
    standardInputs({ target: '/a/./b/../c' }),
    standardInputs({ service: 'execute-api', target: '/a//b/./c' }),
    standardInputs({ host: 's3.us-east-1.amazonaws.com', target: '/examplebucket/key' }),
    standardInputs({ host: 'localhost:9000', target: '/examplebucket/key' }),
    standardInputs({
      target: '/k',
      headers: [
        ['Date', 'Sun, 30 Aug 2015 12:36:00 GMT'],
        ['Range', 'bytes=0-9'],
        ['X-Amz-Security-Token', 'EXAMPLEtoken'],
      ],
    }),
    standardInputs({ presigned: true, target: '/photos/a%20b.jpg?versionId=x%2By' }),
    standardInputs({ presigned: true, service: 'execute-api', target: '/prod/a%20b?x=1' }),
  ]
}
