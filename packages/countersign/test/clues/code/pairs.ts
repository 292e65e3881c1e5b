// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of programs
/** Marks of code that is no whole signer: the mistake, and the same lines without it. */
export type Pair = readonly [rule: string, faulty: string, right: string]

const PHP = '<?php\n$stringToSign = "AWS4-HMAC-SHA256\\n$d\\n$scope\\n" . hash(\'sha256\', $canonicalRequest);\n'
const JS = "const crypto = require('crypto')\nconst scope = `${day}/${region}/s3/aws4_request`\n"
const PY = "import hashlib\nimport hmac\nscope = day + '/us-east-1/s3/aws4_request'\n"
const JAVA = 'import javax.crypto.Mac;\nString scope = day + "/" + region + "/s3/aws4_request";\n'
const GO = 'package main\nfunc scope(day string) string {\n\treturn day + "/us-east-1/s3/aws4_request"\n}\n'
const BASIC = 'Dim scope As String\nscope = day & "/us-east-1/s3/aws4_request"\n'

export const PAIRS: readonly Pair[] = [
  // The key.
  ['step-as-hex', `${PY}k_region = mac(k_date, region).hexdigest()\n`, `${PY}k_region = mac(k_date, region).digest()\n`],
  ['step-as-base64', `${JS}const kRegion = mac(kDate).digest('base64')\n`, `${JS}const kRegion = mac(kDate).digest()\n`],
  [
    'crypto-js-to-string',
    `${JS}const kRegion = CryptoJS.HmacSHA256(region, kDate).toString()\n`,
    `${JS}const kRegion = CryptoJS.HmacSHA256(region, kDate)\n`,
  ],
  ['step-encoded', `${PY}sig = compute(k_signing.encode(), text)\n`, `${PY}sig = compute(k_signing, text.encode())\n`],
  [
    'key-as-text-parameter',
    'byte[] Sign(string key, string data) {\n  var h = KeyedHashAlgorithm.Create("HmacSHA256");\n  h.Key = Encoding.UTF8.GetBytes(key);\n}\n',
    'byte[] Sign(byte[] key, string data) {\n  var h = KeyedHashAlgorithm.Create("HmacSHA256");\n  h.Key = key;\n}\n',
  ],
  [
    'openssl-step-mixed',
    '#!/bin/bash\nkDate=$(printf %s "$day" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$s")\nkRegion=$(printf %s "$region" | openssl dgst -sha256 -hmac "$kDate")\n',
    '#!/bin/bash\nkDate=$(printf %s "$day" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$s")\nkRegion=$(printf %s "$region" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$kDate")\n',
  ],
  [
    'hex-literal-key',
    `${PY}sig = hmac_sha256('${'0f'.repeat(32)}', region)\n`,
    `${PY}sig = hmac_sha256(bytes.fromhex('${'0f'.repeat(32)}'), region)\n`,
  ],
  ['prefix-missing', `k_date = sign(secret_key, date)\n`, `k_date = sign('AWS4' + secret_key, date)\n`],
  // The texts.
  ['newline-lost', `${JS}const canonical = "GET\\/path\\n"\n`, `${JS}const canonical = "GET\\n/path\\n"\n`],
  ['question-mark-signed', `${PY}canonical = "GET\\n/items?\\n\\n"\n`, `${PY}canonical = "GET\\n/items\\n\\n"\n`],
  ['triple-quote-double-break', `${PY}canonical = """GET\\n\n/\\n\n"""\n`, `${PY}canonical = """GET\n/\n"""\n`],
  [
    'template-starts-with-break',
    `${JS}const stringToSign = \`\nAWS4-HMAC-SHA256\n\${t}\`\n`,
    `${JS}const stringToSign = \`AWS4-HMAC-SHA256\n\${t}\`\n`,
  ],
  [
    'quotes-sql',
    "DECLARE @canonical NVARCHAR(MAX)\nSET @canonical = 'GET\\n/\\n'\n",
    "DECLARE @canonical NVARCHAR(MAX)\nSET @canonical = 'GET' + CHAR(10)\n",
  ],
  ['println', `${JAVA}canonicalWriter.println("GET");\n`, `${JAVA}canonicalWriter.print("GET\\n");\n`],
  [
    'loop-then-list',
    `${JAVA}for (var h : headers) {\n  sb.append(h.name + ":" + h.value + "\\n");\n}\nsb.append(signedHeaders);\n`,
    `${JAVA}for (var h : headers) {\n  sb.append(h.name + ":" + h.value + "\\n");\n}\nsb.append("\\n");\nsb.append(signedHeaders);\n`,
  ],
  // Payload and letters.
  [
    'signature-unescaped',
    'const url = base + "&Signature=" + sig + "&Expires=" + e\n',
    'const url = base + "&Signature=" + encodeURIComponent(sig) + "&Expires=" + e\n',
  ],
  ['content-hash-md5', `${PY}payload_hash = hashlib.md5(body).hexdigest()\n`, `${PY}payload_hash = hashlib.sha256(body).hexdigest()\n`],
  [
    'content-hash-checksum-name',
    'HttpChecksum.builder().checksumHeaderName(X_AMZ_CONTENT_SHA256);\nString a = b;\n',
    'HttpChecksum.builder().checksumHeaderName(X_AMZ_CHECKSUM_SHA256);\nString a = b;\n',
  ],
  [
    'hashed-json-posted-array',
    `${PHP}$hash = hash('sha256', json_encode($order));\ncurl_setopt($ch, CURLOPT_POSTFIELDS, $order);\n`,
    `${PHP}$json = json_encode($order);\n$hash = hash('sha256', $json);\ncurl_setopt($ch, CURLOPT_POSTFIELDS, $json);\n`,
  ],
  [
    'hashed-json-sent-form',
    `${JS}const hash = sha256(JSON.stringify(order))\nawait fetch(url, { method: 'POST', body: new URLSearchParams(order) })\n`,
    `${JS}const hash = sha256(JSON.stringify(order))\nawait fetch(url, { method: 'POST', body: text })\n`,
  ],
  [
    'hashed-array-posted-query',
    `${PHP}$hash = hash('sha256', json_encode($order));\ncurl_setopt($ch, CURLOPT_POSTFIELDS, http_build_query($order));\n`,
    `${PHP}$hash = hash('sha256', http_build_query($order));\ncurl_setopt($ch, CURLOPT_POSTFIELDS, http_build_query($order));\n`,
  ],
  [
    'object-hashed-text-sent',
    `${JS}const h = sha256(order)\nawait fetch(url, { method: 'POST', body: JSON.stringify(order) })\n`,
    `${JS}const text = JSON.stringify(order)\nconst h = sha256(text)\nawait fetch(url, { method: 'POST', body: text })\n`,
  ],
  [
    'object-as-text-hashed',
    `${JS}const text = JSON.stringify(event)\nconst h = hash.update(event.toString())\n`,
    `${JS}const text = JSON.stringify(event)\nconst h = hash.update(text)\n`,
  ],
  // Time.
  ['week-year-strftime', `${PY}day = now.strftime('%G%m%d')\n`, `${PY}day = now.strftime('%Y%m%d')\n`],
  ['day-of-year', `${JAVA}String f = new Pattern("yyyyMMDD");\n`, `${JAVA}String f = new Pattern("yyyyMMdd");\n`],
  [
    'zone-offset-moment',
    `${JS}const t = moment.utc().format('YYYYMMDDTHHmmssZ')\n`,
    `${JS}const t = moment.utc().format('YYYYMMDDTHHmmss[Z]')\n`,
  ],
  ['rfc-date', `${JS}const amzDate = new Date().toUTCString()\n`, `${JS}const amzDate = basic(new Date())\n`],
  ['month-from-zero', `${JS}const m = d.getUTCMonth()\n`, `${JS}const m = d.getUTCMonth() + 1\n`],
  ['local-vba', `${BASIC}amzDate = Format(Now, "yyyymmdd")\n`, `${BASIC}amzDate = Format(utc.GetVarDate(False), "yyyymmdd")\n`],
  [
    'local-r',
    'day <- format(Sys.time(), "%Y%m%d")\nscope <- paste0(day, "/aws4_request")\n',
    'day <- format(Sys.time(), "%Y%m%d", tz = "UTC")\nscope <- paste0(day, "/aws4_request")\n',
  ],
  [
    'local-sql',
    "DECLARE @scope NVARCHAR(99) = FORMAT(GETDATE(), 'yyyyMMdd') + '/aws4_request'\n",
    "DECLARE @scope NVARCHAR(99) = FORMAT(GETUTCDATE(), 'yyyyMMdd') + '/aws4_request'\n",
  ],
  ['local-js', `${JS}const h = d.getHours()\n`, `${JS}const h = d.getUTCHours()\n`],
  [
    'local-apps-script',
    `${JS}var d = Utilities.formatDate(now, Session.getScriptTimeZone(), 'yyyyMMdd')\n`,
    `${JS}var d = Utilities.formatDate(now, 'UTC', 'yyyyMMdd')\n`,
  ],
  ['two-zones', `${PY}t = datetime.utcnow().strftime(f)\nday = date.today()\n`, `${PY}t = datetime.utcnow()\nday = t.date()\n`],
  [
    'clock-read-twice',
    `${JS}const a = iso(new Date())\nconst b = day(new Date())\n`,
    `${JS}const now = new Date()\nconst a = iso(now)\nconst b = day(now)\n`,
  ],
  // Encoders, query, path.
  [
    'encoded-then-built',
    `${PHP}foreach ($q as $k => $v) $e[$k] = rawurlencode($v);\n$s = http_build_query($e, '', '&', PHP_QUERY_RFC3986);\n`,
    `${PHP}$s = http_build_query($q, '', '&', PHP_QUERY_RFC3986);\n`,
  ],
  [
    'reserved-left',
    'import Foundation\nlet canonicalQuery = name.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed)\n',
    'import Foundation\nlet canonicalQuery = name.addingPercentEncoding(withAllowedCharacters: unreserved)\n',
  ],
  ['escape', `${JS}const q = escape(name)\n`, `${JS}const q = encodeRfc3986(name)\n`],
  [
    'quote-keeps-slash',
    `${PY}canonical_query = 'prefix=' + quote(prefix)\n`,
    `${PY}canonical_query = 'prefix=' + quote(prefix, safe='')\n`,
  ],
  ['path-escape', `${GO}var q = url.PathEscape(name) + hmacOf(name)\n`, `${GO}var q = escapeAll(name) + hmacOf(name)\n`],
  ['encode-component', `${JS}const q = encodeURIComponent(name)\n`, `${JS}const q = encodeURIComponent(name).replace(/[!'()*]/g, hex)\n`],
  [
    'decoded-before-split',
    `${PY}for pair in unquote(url.query).split('&'):\n    add(pair)\n`,
    `${PY}for pair in url.query.split('&'):\n    add(unquote(pair))\n`,
  ],
  ['java-get-query', `${JAVA}String q = uri.getQuery();\n`, `${JAVA}String q = uri.getRawQuery();\n`],
  ['raw-query-unsorted', `${GO}canonicalQuery := r.URL.RawQuery\n`, `${GO}canonicalQuery := inOrder(r.URL)\n`],
  [
    'query-literal-plus',
    `${JS}const u = 'https://api.example.com/find?name=a+b' // sign\nsign(u)\n`,
    `${JS}const u = 'https://api.example.com/find?name=a%20b'\nsign(u)\n`,
  ],
  ['query-value-with-blank', `${PY}canonical_querystring = 'name=a b'\n`, `${PY}canonical_querystring = 'name=a%20b'\n`],
  ['query-with-question-mark', `${JS}const canonicalQuery = url.search\n`, `${JS}const canonicalQuery = url.search.slice(1)\n`],
  [
    'path-reserved',
    `${JS}fetch('https://abc.execute-api.us-east-1.amazonaws.com/prod/@connections/x=')\n`,
    `${JS}fetch('https://abc.execute-api.us-east-1.amazonaws.com/prod/%40connections/x%3D')\n`,
  ],
  [
    'path-signed-plain',
    `${JS}const canonicalUri = '/' + key\nget(host + encodeURI(key))\n`,
    `${JS}const canonicalUri = '/' + encodePath(key)\nget(host + encodeURI(key))\n`,
  ],
  ['path-whole-encoded', `${PY}canonical_uri = quote_plus(path)\n`, `${PY}canonical_uri = quote(path)\n`],
  [
    'path-joined-then-encoded',
    `${PHP}$path = '/' . urlencode($folder . '/' . $file);\n`,
    `${PHP}$path = '/' . urlencode($folder) . '/' . urlencode($file);\n`,
  ],
  [
    'blank-line-missing-template',
    `#!/bin/sh\nreq="GET\n$uri\n$query\nhost:$host\nx-amz-date:$t\nhost;x-amz-date\n$hash"\n`,
    `#!/bin/sh\nreq="GET\n$uri\n$query\nhost:$host\nx-amz-date:$t\n\nhost;x-amz-date\n$hash"\n`,
  ],
  ['path-empty', `${PY}canonical_uri = ''\n`, `${PY}canonical_uri = '/'\n`],
  ['path-cleaned', `${GO}canonicalPath := path.Clean(key)\n`, `${GO}canonicalPath := key\n`],
  ['encoded-twice', `${PY}key = quote(quote(name))\n`, `${PY}key = quote(name)\n`],
  ['bucket-with-slash', `${PY}bucket = 'media/photos'\n`, `${PY}bucket = 'media'\n`],
  ['default-port', `${JS}const endpoint = 'https://storage.example.com:443'\n`, `${JS}const endpoint = 'https://storage.example.com'\n`],
  // Headers, sending.
  [
    'changed-after-sign',
    "const aws = require('aws4')\naws.sign(req, creds)\nreq.headers['content-type'] = 'text/plain'\n",
    "const aws = require('aws4')\nreq.headers['content-type'] = 'text/plain'\naws.sign(req, creds)\n",
  ],
  ['inner-spaces', `${JS}headers['cache-control'] = 'no-cache,  no-store'\n`, `${JS}headers['cache-control'] = 'no-cache, no-store'\n`],
  [
    'names-kept-as-set',
    `${PHP}$headers['Host'] = $host;\n$names = implode(';', array_keys($headers));\n`,
    `${PHP}$headers['Host'] = $host;\n$names = strtolower(implode(';', array_keys($headers)));\n`,
  ],
  ['unstable-header-signed', `${PY}signed = 'host;user-agent;x-amz-date'\n`, `${PY}signed = 'host;x-amz-date'\n`],
  [
    'okhttp-charset',
    'val body = json.toRequestBody("application/json".toMediaType())\nval signedHeaders = "content-type;host"\n',
    'val body = json.toRequestBody("application/json; charset=utf-8".toMediaType())\nval signedHeaders = "content-type;host"\n',
  ],
  [
    'dart-charset',
    "import 'package:http/http.dart' as http;\nfinal signedHeaders = 'content-type;host';\nfinal r = await http.post(url, headers: h, body: jsonEncode(order));\n",
    "import 'package:http/http.dart' as http;\nfinal signedHeaders = 'content-type;host';\nfinal r = await http.post(url, headers: {'content-type': 'application/json; charset=utf-8'}, body: jsonEncode(order));\n",
  ],
  [
    'host-from-whole-url',
    `${PY}endpoint = 'https://sqs.us-east-1.amazonaws.com'\ncanonical_headers = 'host:' + endpoint + '\\n'\n`,
    `${PY}endpoint = 'https://sqs.us-east-1.amazonaws.com'\ncanonical_headers = 'host:' + host + '\\n'\n`,
  ],
  [
    'worker-headers',
    "import { AwsClient } from 'aws4fetch'\nconst signed = await aws.sign(url, { headers: new Headers(request.headers) })\n",
    "import { AwsClient } from 'aws4fetch'\nconst signed = await aws.sign(url, { headers: {} })\n",
  ],
  [
    'incoming-headers-signed',
    "const aws4 = require('aws4')\nconst opts = { path, headers: req.headers }\n",
    "const aws4 = require('aws4')\nconst opts = { path, headers: { accept: '*/*' } }\n",
  ],
  [
    'credential-without-scope',
    `${PY}auth = 'AWS4-HMAC-SHA256 Credential=' + access_key + ', SignedHeaders=' + names\n`,
    `${PY}auth = 'AWS4-HMAC-SHA256 Credential=' + access_key + '/' + scope + ', SignedHeaders=' + names\n`,
  ],
  [
    'authorization-comma-missing',
    `${PY}auth = 'AWS4-HMAC-SHA256 Credential=' + cred + ' SignedHeaders=' + names\n`,
    `${PY}auth = 'AWS4-HMAC-SHA256 Credential=' + cred + ', SignedHeaders=' + names\n`,
  ],
  [
    'go-proxy-header',
    `package main\nfunc f() {\n\treq.Header.Del("Accept-Encoding")\n}\n`,
    `package main\nfunc f() {\n\treq.Header.Set("X-Amz-Date", now)\n}\n`,
  ],
  [
    'proxy-header',
    "proxy.on('proxyReq', (proxyReq) => {\n  proxyReq.removeHeader('Range')\n})\n",
    "proxy.on('proxyReq', (proxyReq) => {\n  log(proxyReq)\n})\n",
  ],
  [
    'change-origin',
    'const options = {\n  changeOrigin: true,\n}\nuse(options)\nconst a = 1\n',
    'const options = {\n  changeOrigin: false,\n}\nuse(options)\nconst a = 1\n',
  ],
  [
    'retry-resigned',
    'conn = Faraday.new do |f|\n  f.request :retry, retry: :all\n  f.request :aws_sigv4\nend\nmax_retries: 3\n',
    'conn = Faraday.new do |f|\n  f.request :aws_sigv4\nend\n',
  ],
  [
    'acl-presigned',
    "url = s3.generate_presigned_url('put_object', Params={'ACL': 'private'})\n",
    "url = s3.generate_presigned_url('put_object', Params={'Key': k})\n",
  ],
  [
    'content-type-presigned',
    "url = s3.generate_presigned_url('put_object', Params={'ContentType': 'a/b'})\n",
    "url = s3.generate_presigned_url('put_object', Params={'Key': k})\n",
  ],
  ['sigv2-asked', "config = Config(signature_version='s3')\n", "config = Config(signature_version='s3v4')\n"],
  [
    'role-without-token',
    "c = sts.assume_role(RoleArn=arn)['Credentials']\nauth = sign(c['AccessKeyId'], c['SecretAccessKey'])\n",
    "c = sts.assume_role(RoleArn=arn)['Credentials']\nauth = sign(c['AccessKeyId'], c['SecretAccessKey'], c['SessionToken'])\n",
  ],
  [
    'env-without-token',
    `${PY}key = os.environ['AWS_ACCESS_KEY_ID']\n`,
    `${PY}key = os.environ['AWS_ACCESS_KEY_ID']\ntoken = os.environ['AWS_SESSION_TOKEN']\n`,
  ],
  ['temporary-without-token', "key = 'ASIAIOSFODNN7EXAMPLE'\nsign(key)\n", "key = 'AKIAIOSFODNN7EXAMPLE'\nsign(key)\n"],
  ['management-api', 'const c = new ApiGatewayManagementApiClient({ endpoint })\n', 'const c = new ApiGatewayClient({ endpoint })\n'],
]
