"""Writes own-vectors.json: our requests, signed by this independent signer (Python's hashlib and hmac, no project code).

Run: python3 make-own-vectors.py > own-vectors.json
Text in the file is a byte string: one character per byte (Latin-1 of the bytes that are sent).
"""
import hashlib, hmac, json, re, sys

SECRET, KEY_ID, NOW, REGION = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'AKIAIOSFODNN7EXAMPLE', '20150830T123600Z', 'us-east-1'
SAFE = set(b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~')
NOT_SIGNED = {'user-agent', 'authorization', 'connection', 'expect', 'x-amzn-trace-id'}

def raw(text): return text.encode('latin-1')
def sha(data): return hashlib.sha256(data).hexdigest()
def mac(key, text): return hmac.new(key, raw(text), hashlib.sha256).digest()
def enc(data): return ''.join(chr(b) if b in SAFE else '%%%02X' % b for b in data)
def dec(text): return re.sub(rb'%([0-9A-Fa-f]{2})', lambda m: bytes([int(m.group(1), 16)]), raw(text))

def path_of(path, s3):
    if s3: return '/'.join(enc(dec(part)) for part in path.split('/'))
    out = []
    for part in path.split('/'):
        if part == '..': out = out[:-1]
        elif part not in ('', '.'): out.append(part)
    ends = path.split('/')[-1] in ('', '.', '..')
    return '/'.join([''] + [enc(raw(part)) for part in out] + ([''] if ends and out else [])) or '/'

def query_of(query):
    pairs = []
    for piece in query.split('&'):
        if piece:
            name, _, value = piece.partition('=')
            pairs.append((enc(dec(name.replace('+', ' '))), enc(dec(value.replace('+', ' ')))))
    return '&'.join('%s=%s' % pair for pair in sorted(pairs))

def headers_of(headers, names):
    lines = ''
    for name in names:
        values = [re.sub(r'[ \t\n\v\f\r]+', ' ', value).strip(' ') for given, value in headers if given.lower() == name]
        lines += '%s:%s\n' % (name, ','.join(values))
    return lines

def vector(id, method='GET', target='/', by='header', service='s3', headers=(), body='', token=None, token_late=False, form_query=False, expires=900):
    s3 = service == 's3'
    host = 'examplebucket.s3.us-east-1.amazonaws.com' if s3 else service + '.us-east-1.amazonaws.com'
    sent = [['Host', host]] + [list(header) for header in headers]
    given, scope, path_query = list(sent), '%s/%s/%s/aws4_request' % (NOW[:8], REGION, service), target
    stated = next((value for name, value in sent if name.lower() == 'x-amz-content-sha256'), None)
    payload = sha(b'') if form_query else (stated if stated in ('UNSIGNED-PAYLOAD',) else sha(raw(body)))
    if by == 'header':
        sent.append(['X-Amz-Date', NOW])
        if s3 and stated is None: sent.append(['X-Amz-Content-Sha256', payload])
        if token and not token_late: sent.append(['X-Amz-Security-Token', token])
    elif s3 and stated is None: payload = 'UNSIGNED-PAYLOAD'
    names = sorted({name.lower() for name, _ in sent} - NOT_SIGNED)
    if by == 'query':
        auth = [('X-Amz-Algorithm', 'AWS4-HMAC-SHA256'), ('X-Amz-Credential', KEY_ID + '/' + scope), ('X-Amz-Date', NOW), ('X-Amz-Expires', str(expires))]
        if token and not token_late: auth.append(('X-Amz-Security-Token', token))
        auth.append(('X-Amz-SignedHeaders', ';'.join(names)))
        path_query += ('&' if '?' in target else '?') + '&'.join('%s=%s' % (name, enc(raw(value))) for name, value in auth)
    path, _, query = path_query.partition('?')
    if form_query: query = '&'.join(filter(None, [query, body]))
    canonical = '\n'.join([method, path_of(path, s3), query_of(query), headers_of(sent, names), ';'.join(names), payload])
    to_sign = '\n'.join(['AWS4-HMAC-SHA256', NOW, scope, sha(raw(canonical))])
    key = raw('AWS4' + SECRET)
    for part in scope.split('/'): key = mac(key, part)
    signature = mac(key, to_sign).hex()
    if by == 'query':
        path_query += '&X-Amz-Signature=' + signature
        if token and token_late: path_query += '&X-Amz-Security-Token=' + enc(raw(token))
    else:
        if token and token_late: sent.append(['X-Amz-Security-Token', token])
        sent.append(['Authorization', 'AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s' % (KEY_ID, scope, ';'.join(names), signature)])
    return {'id': id, 'by': by, 'service': service, 'region': REGION, 'now': NOW, 'accessKeyId': KEY_ID, 'secretAccessKey': SECRET,
            **({'sessionToken': token} if token else {}), 'tokenAddedAfterSigning': token_late, 'formBodyInQuery': form_query, 'expires': expires,
            'request': {'method': method, 'target': target, 'headers': given, 'body': body},
            'signed': {'method': method, 'target': path_query, 'headers': sent, 'body': body},
            'canonicalRequest': canonical, 'stringToSign': to_sign, 'signature': signature}

TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLE//////token+with/odd=='
FORM = [('Content-Type', 'application/x-www-form-urlencoded; charset=utf-8')]
ODD = '/a%20b//c/../%2Fd/%7Ee~/f+g/%E2%9C%93/$&,:;=@!(*)'
vectors = [
    vector('s3-get'), vector('s3-get-odd-path', target=ODD), vector('s3-query-odd-path', target=ODD, by='query'),
    vector('s3-raw-utf8-path', target='/' + 'snow☃man'.encode().decode('latin-1')),
    vector('s3-dots-kept', target='/a/./b/../../c/'), vector('s3-slashes-kept', target='//a///b//'),
    vector('s3-lower-case-escapes', target='/%c3%a9%2fx?prefix=%c3%a9'),
    vector('s3-put-body', method='PUT', target='/key', body='hello', headers=[('Content-Type', 'text/plain')]),
    vector('s3-unsigned-payload', method='PUT', target='/key', body='hello', headers=[('X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD')]),
    vector('s3-token-signed', token=TOKEN), vector('s3-query-token-signed', by='query', token=TOKEN),
    vector('s3-query-put-content-type', method='PUT', target='/up?x-id=PutObject', by='query', headers=[('Content-Type', 'image/png')]),
    vector('s3-query-with-own-parameters', target='/k?response-content-disposition=attachment%3B%20filename%3D%22a+b.txt%22&versionId', by='query'),
    vector('s3-valueless-keys', target='/?acl&uploads=&b&a=1'), vector('s3-plus-in-query', target='/?prefix=a+b%2Bc&delimiter=/'),
    vector('s3-non-utf8-header', method='PUT', target='/k', headers=[('x-amz-meta-name', 'caf\xe9 \xff\x80')]),
    vector('s3-utf8-header', method='PUT', target='/k', headers=[('x-amz-meta-name', 'café'.encode().decode('latin-1'))]),
    vector('s3-many-headers', method='PUT', target='/k', headers=[('x-amz-meta-%s' % c, ' v  %s ' % c) for c in 'dcba'] + [('Cache-Control', 'no-cache'), ('User-Agent', 'x')]),
    vector('s3-host-with-port', headers=[('Range', 'bytes=0-9')]),
    vector('std-get', service='execute-api', target='/prod/items'), vector('std-odd-path', service='execute-api', target=ODD),
    vector('std-dots-removed', service='execute-api', target='/a/./b/../c//d/..'), vector('std-dots-to-root', service='execute-api', target='/a/..'),
    vector('std-query-auth', service='sts', target='/?Action=GetCallerIdentity&Version=2011-06-15', by='query'),
    vector('std-post-json', service='dynamodb', method='POST', body='{"TableName":"t"}', headers=[('X-Amz-Target', 'DynamoDB_20120810.Scan'), ('Content-Type', 'application/x-amz-json-1.0')]),
    vector('std-form-payload', service='sts', method='POST', headers=FORM, body='Action=GetCallerIdentity&Version=2011-06-15'),
    vector('std-form-in-query', service='sts', method='POST', target='/?z=1', headers=FORM, body='Version=2011-06-15&Action=Get+Caller%20Identity', form_query=True),
    vector('std-duplicate-query-keys', service='execute-api', target='/?b=2&a=z&a=A&a=&a&B=1&a%20=1&a-=1&%61=0'),
    vector('std-empty-pieces', service='execute-api', target='/?&&a=1&=x&'), vector('std-equals-in-value', service='execute-api', target='/?a=b=c&d==&e=%3D'),
    vector('std-unicode-query', service='execute-api', target='/?q=%E2%9C%93&' + 'ü=ö'.encode().decode('latin-1')),
    vector('std-tilde-and-reserved', service='execute-api', target="/~x?~=%7E&r=!'()*;:@$,/?[]"),
    vector('std-repeated-headers', service='execute-api', headers=[('My-Header', ' b '), ('X-Other', '1'), ('my-header', 'a'), ('MY-HEADER', '  c   d')]),
    vector('std-leading-blank', service='execute-api', headers=[('My-Header', ' a b'), ('Tabbed', 'c\td\t')]),
    vector('std-folded-header', service='execute-api', headers=[('My-Header', 'a\r\n  b\r\n\tc')]),
    vector('std-quoted-spaces', service='execute-api', headers=[('My-Header', '"a   b   c"'), ('Empty', '')]),
    vector('std-token-signed', service='execute-api', token=TOKEN), vector('std-token-late-header', service='iotdevicegateway', token=TOKEN, token_late=True),
    vector('iot-token-late-query', service='iotdevicegateway', target='/mqtt', by='query', token=TOKEN, token_late=True, expires=86400),
]
json.dump({'about': 'Written by make-own-vectors.py; do not edit.', 'vectors': vectors}, sys.stdout, indent=1, ensure_ascii=True)
sys.stdout.write('\n')
