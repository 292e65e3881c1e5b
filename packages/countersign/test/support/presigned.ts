/** A presigned URL of temporary credentials, as a request and as evidence. */
import type { HttpRequest } from '../../src/sigv4/http-request.ts'

/** Signed on 2015-08-30 at 12:36, good for so many seconds. */
export function presigned(expires: string): HttpRequest {
  return {
    method: 'GET',
    target: `/photos/a.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIAIOSFODNN7EXAMPLE%2F20150830%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=${expires}&X-Amz-Security-Token=EXAMPLEtokenEXAMPLE&X-Amz-SignedHeaders=host&X-Amz-Signature=ce808e6b2c5a474ed9b10e12c1ba4ecf13ebe646808df307b22607793b7772bd`,
    headers: [['Host', 'examplebucket.s3.us-east-1.amazonaws.com']],
    body: undefined,
  }
}

/** The request as text, as a reader of raw requests takes it. */
export function presignedText(expires: string): string {
  return `GET ${presigned(expires).target} HTTP/1.1\r\nHost: examplebucket.s3.us-east-1.amazonaws.com\r\n\r\n`
}
