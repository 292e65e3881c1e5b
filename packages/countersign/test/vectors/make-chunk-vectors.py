"""Writes own-chunk-vectors.json: payloads in chunks and event streams, by this independent signer (Python's hashlib, hmac and zlib, the package
cryptography for P-256; no project code). ECDSA signatures are made by RFC 6979, so that the file comes out the same each time.

Run: python3 make-chunk-vectors.py > own-chunk-vectors.json
A payload is a text, repeated up to so many bytes. Of what is sent, the lines between the pieces of the payload are written down.
"""
import base64, calendar, hashlib, hmac, json, struct, time, zlib
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives import hashes

ID, SECRET, NOW, HOST = 'AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', '20150830T123600Z', 'examplebucket.s3.us-east-1.amazonaws.com'
HMAC, ECDSA = 'AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'
ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551

def sha(data): return hashlib.sha256(data).hexdigest()
def mac(key, text): return hmac.new(key, text.encode('latin-1'), hashlib.sha256).digest()

def crc(data, polynomial, width):
    table = []
    for value in range(256):
        for _ in range(8): value = value >> 1 ^ (polynomial if value & 1 else 0)
        table.append(value)
    ones = (1 << width) - 1
    register = ones
    for byte in data: register = register >> 8 ^ table[(register ^ byte) & 255]
    return (register ^ ones).to_bytes(width // 8, 'big')

CHECKSUMS = {
    'CRC32': lambda data: zlib.crc32(data).to_bytes(4, 'big'), 'CRC32C': lambda data: crc(data, 0x82f63b78, 32),
    'CRC64NVME': lambda data: crc(data, 0x9a6c9329ac4bc9b5, 64), 'SHA1': lambda data: hashlib.sha1(data).digest(), 'SHA256': lambda data: hashlib.sha256(data).digest(),
}

def signer(algorithm):
    if algorithm == HMAC:
        key = ('AWS4' + SECRET).encode()
        for part in (NOW[:8], 'us-east-1', 's3', 'aws4_request'): key = mac(key, part)
        return lambda text: mac(key, text).hex()
    fixed = b'\0\0\0\1' + ECDSA.encode() + b'\0' + ID.encode() + b'\1' + (256).to_bytes(4, 'big')
    number = int.from_bytes(hmac.new(b'AWS4A' + SECRET.encode(), fixed, hashlib.sha256).digest(), 'big')
    assert number <= ORDER - 2
    key = ec.derive_private_key(number + 1, ec.SECP256R1())
    return lambda text: key.sign(text.encode('latin-1'), ec.ECDSA(hashes.SHA256(), deterministic_signing=True)).hex()

def vector(id, length, chunk_bytes, algorithm=HMAC, signed=True, checksum=None, text='chunked payload '):
    sign = signer(algorithm)
    payload = (text.encode() * (length // len(text) + 1))[:length]
    scope = NOW[:8] + ('/us-east-1' if algorithm == HMAC else '') + '/s3/aws4_request'
    word = 'STREAMING-%s%s' % (algorithm + '-PAYLOAD' if signed else 'UNSIGNED-PAYLOAD', '-TRAILER' if checksum else '')
    written = lambda signature: signature if algorithm == HMAC else signature.ljust(144, '*')
    sizes = [chunk_bytes] * (length // chunk_bytes) + ([length % chunk_bytes] if length % chunk_bytes else []) + [0]
    line_length = lambda size: len('%x' % size) + (17 + (64 if algorithm == HMAC else 144) if signed else 0) + 2
    name = 'x-amz-checksum-' + (checksum or '').lower()
    value = base64.b64encode(CHECKSUMS[checksum](payload)).decode() if checksum else ''
    content_length = sum(line_length(size) + size + (2 if size else 0) for size in sizes) + 2
    if checksum: content_length += len(name) + 1 + len(value) + 2 + (len('x-amz-trailer-signature:') + (64 if algorithm == HMAC else 144) + 2 if signed else 0)
    headers = [['Host', HOST], ['Content-Encoding', 'aws-chunked'], ['Content-Length', str(content_length)], ['X-Amz-Decoded-Content-Length', str(length)],
               ['X-Amz-Content-Sha256', word]] + ([['X-Amz-Trailer', name]] if checksum else []) + [['X-Amz-Date', NOW]]
    if algorithm == ECDSA: headers.append(['X-Amz-Region-Set', 'us-east-1'])
    names = sorted(header.lower() for header, _ in headers)
    lower = {header.lower(): content for header, content in headers}
    canonical = '\n'.join(['PUT', '/key', '', ''.join('%s:%s\n' % (one, lower[one]) for one in names), ';'.join(names), word])
    seed = prior = sign('\n'.join([algorithm, NOW, scope, sha(canonical.encode())]))
    headers.append(['Authorization', '%s Credential=%s/%s, SignedHeaders=%s, Signature=%s' % (algorithm, ID, scope, ';'.join(names), seed)])
    lines, at, wire = [], 0, b''
    for size in sizes:
        line = '%x' % size
        piece = payload[at:at + size]
        if signed:
            prior = sign('\n'.join([algorithm + '-PAYLOAD', NOW, scope, prior, sha(b''), sha(piece)]))
            line += ';chunk-signature=' + written(prior)
        lines.append(line)
        wire += line.encode() + b'\r\n' + piece + (b'\r\n' if size else b'')
        at += size
    trailer = ''
    if checksum:
        trailer = '%s:%s\r\n' % (name, value)
        if signed:
            text_to_sign = '\n'.join([algorithm + '-TRAILER', NOW, scope, prior, sha(('%s:%s\n' % (name, value)).encode())])
            trailer += 'x-amz-trailer-signature:%s\r\n' % written(sign(text_to_sign))
    wire += trailer.encode() + b'\r\n'
    assert len(wire) == content_length
    return {'id': id, 'now': NOW, 'region': 'us-east-1', 'accessKeyId': ID, 'secretAccessKey': SECRET, 'word': word, 'algorithm': algorithm, 'signedChunks': signed,
            **({'checksum': checksum} if checksum else {}), 'head': {'method': 'PUT', 'target': '/key', 'headers': headers},
            'payload': {'text': text, 'length': length}, 'chunkBytes': chunk_bytes, 'sizeLines': lines, 'end': trailer + '\r\n', 'wireSha256': sha(wire)}

vectors = [
    vector('one-chunk', 12, 65536), vector('empty', 0, 65536), vector('whole-chunks', 16384, 8192), vector('three-chunks', 20000, 8192),
    vector('trailer-crc32', 70000, 65536, checksum='CRC32'), vector('trailer-crc32c', 8193, 8192, checksum='CRC32C'),
    vector('trailer-crc64nvme', 9001, 8192, checksum='CRC64NVME'), vector('trailer-sha1', 5, 8192, checksum='SHA1'), vector('trailer-sha256', 0, 8192, checksum='SHA256'),
    vector('unsigned-crc32', 70000, 65536, signed=False, checksum='CRC32'), vector('unsigned-sha256', 10000, 10000, signed=False, checksum='SHA256'),
    vector('unsigned-empty', 0, 8192, signed=False, checksum='CRC64NVME'),
    vector('ecdsa', 20000, 8192, algorithm=ECDSA), vector('ecdsa-trailer', 9000, 8192, algorithm=ECDSA, checksum='CRC32C'),
    vector('ecdsa-unsigned', 9000, 8192, algorithm=ECDSA, signed=False, checksum='CRC32'),
]

def message(headers, payload):
    block = b''.join(bytes([len(name)]) + name + value for name, value in headers)
    prelude = struct.pack('>II', 16 + len(block) + len(payload), len(block))
    whole = prelude + struct.pack('>I', zlib.crc32(prelude)) + block + payload
    return whole + struct.pack('>I', zlib.crc32(whole))

def event_stream(id, service, start, events):
    """Events are pairs: milliseconds since the request's date, and an event; the last one is empty."""
    request_time = calendar.timegm(time.strptime(start, '%Y%m%dT%H%M%SZ'))
    def key_of(date):
        key = ('AWS4' + SECRET).encode()
        for part in (date, 'us-east-1', service, 'aws4_request'): key = mac(key, part)
        return key
    scope_of = lambda date: '%s/us-east-1/%s/aws4_request' % (date, service)
    word, host = 'STREAMING-AWS4-HMAC-SHA256-EVENTS', 'transcribestreaming.us-east-1.amazonaws.com'
    headers = [['Host', host], ['X-Amz-Content-Sha256', word], ['X-Amz-Date', start]]
    names = ['host', 'x-amz-content-sha256', 'x-amz-date']
    canonical = '\n'.join(['POST', '/stream', '', 'host:%s\nx-amz-content-sha256:%s\nx-amz-date:%s\n' % (host, word, start), ';'.join(names), word])
    prior = seed = mac(key_of(start[:8]), '\n'.join([HMAC, start, scope_of(start[:8]), sha(canonical.encode())])).hex()
    headers.append(['Authorization', '%s Credential=%s/%s, SignedHeaders=%s, Signature=%s' % (HMAC, ID, scope_of(start[:8]), ';'.join(names), seed)])
    sent = []
    for offset, event in events:
        at = request_time * 1000 + offset
        date = time.strftime('%Y%m%dT%H%M%SZ', time.gmtime(at // 1000))
        header = (b':date', bytes([8]) + struct.pack('>q', at))
        encoded = bytes([len(header[0])]) + header[0] + header[1]
        signature = mac(key_of(date[:8]), '\n'.join([HMAC + '-PAYLOAD', date, scope_of(date[:8]), prior, sha(encoded), sha(event)]))
        prior = signature.hex()
        sent.append({'at': at, 'event': event.hex(), 'message': message([header, (b':chunk-signature', bytes([6]) + struct.pack('>H', 32) + signature)], event).hex()})
    return {'id': id, 'now': start, 'region': 'us-east-1', 'service': service, 'accessKeyId': ID, 'secretAccessKey': SECRET,
            'head': {'method': 'POST', 'target': '/stream', 'headers': headers}, 'events': sent}

text_header = lambda name, value: (name, bytes([7]) + struct.pack('>H', len(value)) + value)
audio = lambda payload: message([text_header(b':event-type', b'AudioEvent'), text_header(b':message-type', b'event')], payload)
streams = [
    event_stream('two-events', 'transcribe', NOW, [(250, audio(b'first')), (1500, audio(b'')), (2000, b'')]),
    event_stream('past-midnight', 'transcribe', '20151231T235959Z', [(999, audio(bytes(range(256)))), (1000, audio(b'new year')), (1001, b'')]),
]
print(json.dumps({'vectors': vectors, 'streams': streams}, indent=1))
