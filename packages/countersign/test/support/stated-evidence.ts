/** For causes that a service or client states in so many words: a piece of evidence each, in our own words but AWS's texts. */
export const STATED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'region-mismatch': {
    'error.txt':
      "An error occurred (AuthorizationHeaderMalformed) when calling the GetObject operation: The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-3'\n",
  },
  'service-mismatch': { 'error.json': `{"message":"Credential should be scoped to correct service: 'execute-api'. "}\n` },
  'scope-date-mismatch': {
    'error.json': `{"message":"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150829' != '20150830', from '20150830T001502Z'."}\n`,
  },
  'scope-terminator-mismatch': {
    'error.json': `{"message":"Credential should be scoped with a valid terminator: 'aws4_request', not 'aws4'."}\n`,
  },
  'clock-skewed': {
    'error.json': `{"message":"Signature expired: 20150830T103600Z is now earlier than 20150830T123100Z (20150830T123600Z - 5 min.)"}\n`,
  },
  'presigned-url-expired': {
    'error.xml':
      '<Error><Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>900</X-Amz-Expires><Expires>2015-08-30T12:51:00Z</Expires><ServerTime>2015-08-30T14:00:00Z</ServerTime><RequestId>4442587FB7D0A2F9</RequestId><HostId>ExampleHostId=</HostId></Error>\n',
  },
  'header-not-signed': {
    'error.xml':
      '<Error><Code>AccessDenied</Code><Message>There were headers present in the request which were not signed</Message><HeadersNotSigned>x-amz-meta-owner</HeadersNotSigned><RequestId>4442587FB7D0A2F9</RequestId><HostId>ExampleHostId=</HostId></Error>\n',
  },
  'payload-replaced': {
    'error.xml': `<Error><Code>XAmzContentSHA256Mismatch</Code><Message>The provided 'x-amz-content-sha256' header does not match what was computed.</Message><ClientComputedContentSHA256>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</ClientComputedContentSHA256><S3ComputedContentSHA256>44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072</S3ComputedContentSHA256><RequestId>4442587FB7D0A2F9</RequestId></Error>\n`,
  },
  'payload-signed-as-empty': {
    'error.xml': `<Error><Code>XAmzContentSHA256Mismatch</Code><Message>The provided 'x-amz-content-sha256' header does not match what was computed.</Message><ClientComputedContentSHA256>e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855</ClientComputedContentSHA256><S3ComputedContentSHA256>44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072</S3ComputedContentSHA256><RequestId>4442587FB7D0A2F9</RequestId></Error>\n`,
  },
  'algorithm-version-refused': {
    'error.xml':
      '<Error><Code>InvalidRequest</Code><Message>The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>\n',
  },
  'access-key-id-has-line-break': {
    'error.txt':
      "ValueError: Invalid header value b'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\\n/20150830/us-east-1/sts/aws4_request, SignedHeaders=host;x-amz-date, Signature=abcdef'\n",
  },
  'session-token-missing': {
    'request.http':
      'GET / HTTP/1.1\nHost: examplebucket.s3.us-east-1.amazonaws.com\nX-Amz-Date: 20150830T123600Z\nX-Amz-Content-Sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\nAuthorization: AWS4-HMAC-SHA256 Credential=ASIAIOSFODNN7EXAMPLE/20150830/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024\n\n',
  },
  'authorization-sent-twice': {
    'error.xml':
      '<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified</Message><ArgumentName>Authorization</ArgumentName><RequestId>4442587FB7D0A2F9</RequestId></Error>\n',
  },
  'authorization-malformed': {
    'error.xml': `<ErrorResponse><Error><Type>Sender</Type><Code>IncompleteSignature</Code><Message>Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256</Message></Error><RequestId>x</RequestId></ErrorResponse>\n`,
  },
  'policy-violated': {
    'error.xml':
      '<Error><Code>AccessDenied</Code><Message>Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "user/"]</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>\n',
  },
  'request-date-malformed': {
    'error.txt':
      "IncompleteSignature: Date must be in ISO-8601 'basic format'. Got '20150830T123600UTC'. See http://en.wikipedia.org/wiki/ISO_8601\n",
  },
  'payload-chunked-unsupported': {
    'error.xml':
      '<Error><Code>InvalidRequest</Code><Message>aws-chunked encoding is not supported when x-amz-content-sha256 UNSIGNED-PAYLOAD is supplied</Message><RequestId>x</RequestId></Error>\n',
  },
  'payload-hash-malformed': {
    'error.xml':
      '<Error><Code>InvalidArgument</Code><Message>x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, or a valid sha256 value.</Message><ArgumentName>x-amz-content-sha256</ArgumentName><ArgumentValue>47DEQpj8HBSa</ArgumentValue></Error>\n',
  },
  'redirect-followed': {
    'error.txt':
      '$ curl -i -L "https://examplebucket.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20150830%2Feu-west-2%2Fs3%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=ce808e6b2c5a474ed9b10e12c1ba4ecf13ebe646808df307b22607793b7772bd"\nHTTP/1.1 307 Temporary Redirect\nLocation: https://examplebucket.s3.eu-west-2.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20150830%2Feu-west-2%2Fs3%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=ce808e6b2c5a474ed9b10e12c1ba4ecf13ebe646808df307b22607793b7772bd\nServer: AmazonS3\n\nAnd after following it: 403 SignatureDoesNotMatch\n',
  },
}

/** For causes that the evidence points to without saying so. */
export const LIKELY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'session-token-mismatch': {
    'request.http':
      'GET / HTTP/1.1\nHost: sts.us-east-1.amazonaws.com\nX-Amz-Date: 20150830T123600Z\nX-Amz-Security-Token: EXAMPLEtoken\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20150830/us-east-1/sts/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024\n\n',
    'error.txt':
      'An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid\n',
  },
}
