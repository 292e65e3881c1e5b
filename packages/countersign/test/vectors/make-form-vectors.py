"""Writes own-form-vectors.json: policies of browsers' POST uploads, signed by this independent signer (Python's hashlib and hmac, no
project code). Each has the fields of a form that meets its policy.

Run: python3 make-form-vectors.py > own-form-vectors.json
Text in the file is a byte string: one character per byte (Latin-1 of the bytes that are sent).
"""
import base64, hashlib, hmac, json, sys

SECRET, KEY_ID, NOW = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'AKIAIOSFODNN7EXAMPLE', '20150830T123600Z'

def mac(key, text): return hmac.new(key, text.encode('latin-1'), hashlib.sha256).digest()

def vector(id, policy, fields, region='us-east-1', bucket='examplebucket', file_name='a.txt', key=None, content_length=None, newline_in_base64=False):
    scope = '/'.join([NOW[:8], region, 's3', 'aws4_request'])
    text = base64.b64encode(policy.encode('utf-8')).decode()
    if newline_in_base64: text = text[:40] + '\r\n' + text[40:]
    signing = ('AWS4' + SECRET).encode()
    for part in scope.split('/'): signing = mac(signing, part)
    latin = lambda text: text.encode('utf-8').decode('latin-1')
    form = [[name, latin(value)] for name, value in fields] + [['policy', text], ['x-amz-algorithm', 'AWS4-HMAC-SHA256'],
        ['x-amz-credential', KEY_ID + '/' + scope], ['x-amz-date', NOW], ['x-amz-signature', mac(signing, text).hex()]]
    return {'id': id, 'now': NOW, 'region': region, 'bucket': bucket, 'fileName': latin(file_name), 'accessKeyId': KEY_ID, 'secretAccessKey': SECRET,
            'policy': latin(policy), 'fields': form, 'key': latin(key or dict(fields)['key']), 'contentLength': content_length}

AUTH = '{"x-amz-algorithm": "AWS4-HMAC-SHA256"}, {"x-amz-credential": "%s/%s/us-east-1/s3/aws4_request"}, {"x-amz-date": "%s"}' % (KEY_ID, NOW[:8], NOW)
def policy(conditions): return '{ "expiration": "2015-08-30T13:00:00.000Z",\r\n "conditions": [ %s, %s ] }' % (conditions, AUTH)

vectors = [
    vector('exact', policy('{"bucket": "examplebucket"}, {"key": "a.txt"}'), [('key', 'a.txt')]),
    vector('starts-with', policy('["starts-with", "$key", "user/"], ["eq", "$acl", "private"], {"bucket": "examplebucket"}'), [('acl', 'private'), ('key', 'user/x')]),
    vector('any-value', policy('["starts-with", "$key", ""], {"bucket": "examplebucket"}, ["starts-with", "$x-amz-meta-tag", ""]'), [('key', 'k'), ('x-amz-meta-tag', 'anything at all')]),
    vector('names-in-any-case', policy('{"Key": "k"}, {"bucket": "examplebucket"}, ["starts-with", "$content-type", "image/"]'), [('KEY', 'k'), ('Content-Type', 'image/png')], key='k'),
    vector('list-of-types', policy('{"key": "k"}, {"bucket": "examplebucket"}, ["starts-with", "$Content-Type", "image/"]'), [('key', 'k'), ('Content-Type', 'image/png, image/gif')]),
    vector('file-name-in-key', policy('["starts-with", "$key", "up/"], {"bucket": "examplebucket"}'), [('key', 'up/${filename}')], file_name='C:\\photos\\snow\u2603.png', key='up/snow\u2603.png'),
    vector('length-range', policy('{"key": "k"}, {"bucket": "examplebucket"}, ["content-length-range", 1, "1048576"]'), [('key', 'k')], content_length=[1, 1048576]),
    vector('ignored-fields', policy('{"key": "k"}, {"bucket": "examplebucket"}'), [('x-ignore-this', '1'), ('X-Ignore-That', '2'), ('key', 'k')]),
    vector('not-ascii', policy('{"key": "caf\u00e9 \u2713"}, {"bucket": "examplebucket"}'), [('key', 'caf\u00e9 \u2713')]),
    vector('escaped-json', policy('{"key": "caf\\u00e9"}, {"bucket": "examplebucket"}'), [('key', 'caf\u00e9')]),
    vector('line-break-in-base64', policy('{"key": "k"}, {"bucket": "examplebucket"}'), [('key', 'k')], newline_in_base64=True),
]
json.dump({'about': 'Written by make-form-vectors.py; do not edit.', 'vectors': vectors}, sys.stdout, indent=1, ensure_ascii=True)
sys.stdout.write('\n')
