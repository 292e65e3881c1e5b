"""Amazon S3, what the head says of a payload besides its SHA-256: Content-MD5, x-amz-checksum-*, and its length."""

import base64
import hashlib

from recipes import Case
from recipes.chunks import PAYLOAD, SIGNED, TRAILED, UNSIGNED, checksum, chunked, digest, payload_refused
from signer import Wire, sign
from words import ACCEPTED, S3_HEADER, refused, s3_request

BODY = b"hello world\n"
CRC32 = "x-amz-checksum-crc32"
SINGLE = "Expecting a single x-amz-checksum- header"


def recipes(t):
    yield from headers(t)
    yield from beside_trailers(t)
    yield from transfer(t)


def put(t, *given, **how):
    return sign(t, Wire("PUT", t.path, list(given), BODY), **how)


def headers(t):
    def good(name, why, wire):
        return Case(f"s3-digests-good-{name}", why, "A", wire, ACCEPTED)

    def bad(name, why, wire, expected):
        return Case(f"s3-digests-bad-{name}", why, "A", wire, expected)

    unsigned = {"content": "UNSIGNED-PAYLOAD"}
    right = {name: (f"x-amz-checksum-{name}", checksum(name, BODY)) for name in ("crc32", "crc32c", "sha1", "sha256")}
    wrong = {name: (f"x-amz-checksum-{name}", checksum(name, b"other bytes")) for name in right}
    yield good("unsigned-crc32", "An unsigned payload with its checksum.", put(t, right["crc32"], **unsigned))
    yield good("signed-sha256", "A signed payload with a checksum, too.", put(t, right["sha256"]))
    for name in right:
        yield bad(f"unsigned-{name}", f"An unsigned payload whose {name.upper()} is another.", put(t, wrong[name], **unsigned), digest(name.upper()))
    yield bad("signed-crc32", "The payload is the one that was signed, its checksum is another.", put(t, wrong["crc32"]), digest("CRC32"))
    invalid = s3_request("payload", "Value for x-amz-checksum-crc32 header is invalid.")
    yield bad("unsigned-no-base64", "A checksum that is no base64 of four bytes.", put(t, (CRC32, "nothing"), **unsigned), invalid)
    two = s3_request("payload", f"{SINGLE}. Multiple checksum Types are not allowed.")
    yield bad("two-checksums", "Two checksums, both right.", put(t, right["crc32"], right["sha256"], **unsigned), two)
    md5, expected = (hashlib.md5(body).digest() for body in (b"other bytes", BODY))
    said = [("CalculatedDigest", base64.b64encode(expected).decode()), ("ExpectedDigest", md5.hex())]
    other = payload_refused(400, "BadDigest", "The Content-MD5 you specified did not match what we received.", *said)
    yield bad("unsigned-md5", "An unsigned payload whose Content-MD5 is another.", put(t, ("Content-MD5", base64.b64encode(md5).decode()), **unsigned), other)


def beside_trailers(t):
    beside = [(CRC32, checksum("crc32", PAYLOAD))]
    refusal = s3_request("payload", SINGLE)
    for name, mode in (("unsigned", UNSIGNED), ("signed", TRAILED)):
        wire = chunked(t, mode, more=beside)
        yield Case(f"s3-digests-bad-header-beside-{name}-trailer", "A checksum in the head beside the same one behind the payload.", "A", wire, refusal)
    wire = chunked(t, UNSIGNED, more=[(CRC32, checksum("crc32", b"other bytes"))])
    yield Case("s3-digests-bad-wrong-header-beside-trailer", "A wrong checksum in the head beside a right one behind the payload.", "A", wire, refusal)


def transfer(t):
    def framed(wire):
        """The body in the chunks of HTTP, whose length no header tells."""
        wire.body = b"%x\r\n" % len(wire.body) + wire.body + b"\r\n0\r\n\r\n"
        return wire.without("content-length").with_header("Transfer-Encoding", "chunked")

    refusal = refused(
        S3_HEADER, "payload", 501, "NotImplemented", "A header you provided implies functionality that is not implemented", ("Header", "Transfer-Encoding")
    )
    missing = refused(S3_HEADER, "payload", 411, "MissingContentLength", "You must provide the Content-Length HTTP header.")
    yield Case("s3-digests-bad-transfer-encoding", "HTTP's own chunks around a signed payload.", "IA", put(t, after=framed), refusal)
    unsigned = put(t, content="UNSIGNED-PAYLOAD", after=framed)
    yield Case("s3-digests-bad-transfer-encoding-unsigned", "HTTP's own chunks around an unsigned payload.", "IA", unsigned, refusal)
    unsaid = framed(chunked(t, SIGNED, length=""))
    yield Case("s3-digests-bad-transfer-encoding-no-length", "HTTP's chunks around signed ones, and nothing says the length.", "A", unsaid, missing)
