"""Writes own-ecdsa-vectors.json: requests signed by AWS4-ECDSA-P256-SHA256, by this independent signer (Python's hashlib and hmac
for the key and the text, the package cryptography for P-256; no project code). Signatures are made by RFC 6979, so that the file
comes out the same each time.

Run: python3 make-ecdsa-vectors.py AKIAEXAMPLEAABIOOOX6 > own-ecdsa-vectors.json   (an access key ID whose key pair takes the
second try of the derivation: one in 2^32 does, and no published vector)
Text in the file is a byte string: one character per byte (Latin-1 of the bytes that are sent).
"""
import hashlib, hmac, json, sys
from urllib.parse import quote
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives import hashes

SECRET, NOW, ALGORITHM = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', '20150830T123600Z', 'AWS4-ECDSA-P256-SHA256'
ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551

def sha(data): return hashlib.sha256(data).hexdigest()
def enc(text): return quote(text.encode('latin-1'), safe='-._~')

def private_key(key_id, secret=SECRET):
    for counter in range(1, 255):
        fixed = b'\0\0\0\1' + ALGORITHM.encode() + b'\0' + key_id.encode() + bytes([counter]) + (256).to_bytes(4, 'big')
        candidate = int.from_bytes(hmac.new(b'AWS4A' + secret.encode(), fixed, hashlib.sha256).digest(), 'big')
        if candidate <= ORDER - 2: return candidate + 1, counter

def point(number):
    numbers = ec.derive_private_key(number, ec.SECP256R1()).public_key().public_numbers()
    return '%064x' % numbers.x, '%064x' % numbers.y

def sign(number, text):
    key = ec.derive_private_key(number, ec.SECP256R1())
    return key.sign(text.encode('latin-1'), ec.ECDSA(hashes.SHA256(), deterministic_signing=True)).hex()

def derivation(key_id, secret=SECRET):
    number, counter = private_key(key_id, secret)
    x, y = point(number)
    return {'accessKeyId': key_id, 'secretAccessKey': secret, 'counter': counter, 'privateKey': '%064x' % number, 'publicX': x, 'publicY': y}

def vector(id, regions, by='header', service='s3', method='GET', path='/', query='', headers=(), body='', token=None, key_id='AKIAIOSFODNN7EXAMPLE'):
    """Paths and queries are given in canonical form: what becomes of others is for the vectors of AWS4-HMAC-SHA256."""
    scope = '%s/%s/aws4_request' % (NOW[:8], service)
    given = [['Host', 'h.example.amazonaws.com']] + [list(header) for header in headers]
    sent, payload = list(given), sha(body.encode('latin-1'))
    if by == 'header':
        sent += [['X-Amz-Date', NOW], ['X-Amz-Region-Set', ','.join(regions)]]
        if service == 's3': sent.append(['X-Amz-Content-Sha256', payload])
        if token: sent.append(['X-Amz-Security-Token', token])
    elif service == 's3': payload = 'UNSIGNED-PAYLOAD'
    names = sorted({name.lower() for name, _ in sent})
    pairs = [piece.split('=') for piece in query.split('&') if piece]
    auth = []
    if by == 'query':
        auth = [['X-Amz-Algorithm', ALGORITHM], ['X-Amz-Credential', key_id + '/' + scope], ['X-Amz-Date', NOW], ['X-Amz-Expires', '900'],
                ['X-Amz-Region-Set', ','.join(regions)]] + ([['X-Amz-Security-Token', token]] if token else []) + [['X-Amz-SignedHeaders', ';'.join(names)]]
        auth = [[name, enc(value)] for name, value in auth]
    canonical_query = '&'.join('='.join(pair) for pair in sorted(pairs + auth))
    lines = ''.join('%s:%s\n' % (name, ','.join(' '.join(value.split()) for given_name, value in sent if given_name.lower() == name)) for name in names)
    canonical = '\n'.join([method, path, canonical_query, lines, ';'.join(names), payload])
    to_sign = '\n'.join([ALGORITHM, NOW, scope, sha(canonical.encode('latin-1'))])
    signature = sign(private_key(key_id)[0], to_sign)
    target = path + ('?' + query if query else '')
    if by == 'query':
        signed = target + ('&' if query else '?') + '&'.join('='.join(pair) for pair in auth) + '&X-Amz-Signature=' + signature
    else:
        signed = target
        sent.append(['Authorization', '%s Credential=%s/%s, SignedHeaders=%s, Signature=%s' % (ALGORITHM, key_id, scope, ';'.join(names), signature)])
    return {'id': id, 'by': by, 'service': service, 'regionSet': list(regions), 'now': NOW, 'accessKeyId': key_id, 'secretAccessKey': SECRET,
            **({'sessionToken': token} if token else {}), 'request': {'method': method, 'target': target, 'headers': given, 'body': body},
            'signed': {'method': method, 'target': signed, 'headers': sent, 'body': body},
            'canonicalRequest': canonical, 'stringToSign': to_sign, 'signature': signature}

vectors = [
    vector('s3-get', ['us-east-1']), vector('s3-query', ['us-east-1'], by='query'),
    vector('s3-two-regions', ['us-east-1', 'eu-west-1'], path='/a%20b'), vector('s3-every-region', ['*'], by='query', query='versionId=1'),
    vector('s3-wildcard', ['us-*'], method='PUT', body='hello', headers=[('x-amz-meta-a', ' caf\xe9  b ')]),
    vector('std-post', ['us-west-2'], service='execute-api', method='POST', body='{}', headers=[('Content-Type', 'application/json')]),
    vector('std-query', ['*'], service='execute-api', by='query', query='a=1&b='),
    vector('std-token', ['us-east-1'], service='execute-api', token='IQoJb3JpZ2luX2VjEXAMPLE//+=='),
    vector('s3-token-query', ['us-east-1'], by='query', token='IQoJb3JpZ2luX2VjEXAMPLE//+=='),
]
derivations = [derivation(key_id) for key_id in ['AKIAIOSFODNN7EXAMPLE', 'AKIDEXAMPLE', 'ASIAIOSFODNN7EXAMPLE', 'A'] + sys.argv[1:]]
json.dump({'about': 'Written by make-ecdsa-vectors.py; do not edit.', 'derivations': derivations, 'vectors': vectors}, sys.stdout, indent=1, ensure_ascii=True)
sys.stdout.write('\n')
