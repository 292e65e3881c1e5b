"""Amazon S3, payloads in chunks, signed and unsigned, with and without trailing headers."""

import base64
import hashlib
import zlib
from dataclasses import dataclass, field

from recipes import Case
from signer import EMPTY_HASH, Wire, basic, mac, sha256_hex, sign, signing_key
from words import ACCEPTED, S3_HEADER, refused, s3_mismatch, s3_request, s3_skewed

SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
TRAILED = SIGNED + "-TRAILER"
UNSIGNED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
SIZES = (8192, 100)
PAYLOAD = bytes(i % 251 for i in range(sum(SIZES)))
THREE = {"payload": bytes(i % 251 for i in range(8192 + 8192 + 100)), "sizes": (8192, 8192, 100)}


def crc(polynomial, bits, data):
    value = mask = (1 << bits) - 1
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (polynomial if value & 1 else 0)
    return (value ^ mask).to_bytes(bits // 8, "big")


CHECKSUMS = {
    "crc32": lambda data: zlib.crc32(data).to_bytes(4, "big"),
    "crc32c": lambda data: crc(0x82F63B78, 32, data),
    "crc64nvme": lambda data: crc(0x9A6C9329AC4BC9B5, 64, data),
    "sha1": lambda data: hashlib.sha1(data).digest(),
    "sha256": lambda data: hashlib.sha256(data).digest(),
    "sha512": lambda data: hashlib.sha512(data).digest(),
    "md5": lambda data: hashlib.md5(data).digest(),
}
# Of the payload b"hello", by the reference implementation: Python has none with it.
XXHASH = {"xxhash64": "JseCfYifbaM=", "xxhash3": "lVXoVVxi3P0=", "xxhash128": "tenBrQcbPn/Hec+qXlI4GA=="}


def checksum(name, data):
    return base64.b64encode(CHECKSUMS[name](data)).decode()


@dataclass
class Piece:
    """A chunk as it goes over the line. What hashes and signatures are made of is `signed`, what is sent is `data`."""

    signed: bytes
    data: bytes = None
    signature: str = ""
    size: str = ""

    def encoded(self):
        data = self.signed if self.data is None else self.data
        ending = f";chunk-signature={self.signature}" if self.signature else ""
        return f"{self.size or format(len(data), 'x')}{ending}\r\n".encode() + data + b"\r\n"


@dataclass
class Stream:
    pieces: list
    trailers: list = field(default_factory=list)
    trailer_signature: str = ""
    ending: bytes = b"\r\n"

    def encoded(self, mode):
        if mode == SIGNED:
            return b"".join(piece.encoded() for piece in self.pieces)
        body = b"".join(piece.encoded() for piece in self.pieces)
        # Trailing headers follow the size line of the last chunk at once.
        body = body[:-2] if self.pieces and self.pieces[-1].signed == b"" else body
        lines = [f"{name}:{value}\r\n" for name, value in self.trailers]
        if self.trailer_signature:
            lines.append(f"x-amz-trailer-signature:{self.trailer_signature}\r\n")
        return body + "".join(lines).encode() + self.ending


def wrong_piece(stream, key, date, scope, before):
    """The string to sign and the signature of the first piece that a verifier finds wrong; None where all are right."""
    for piece in stream.pieces:
        data = piece.signed if piece.data is None else piece.data
        text = "\n".join(["AWS4-HMAC-SHA256-PAYLOAD", date, scope, before, EMPTY_HASH, sha256_hex(data)])
        if mac(key, text) != piece.signature:
            return text, piece.signature
        before = piece.signature
    if stream.trailer_signature:
        lines = "".join(f"{name}:{one}\n" for name, one in stream.trailers)
        text = "\n".join(["AWS4-HMAC-SHA256-TRAILER", date, scope, before, sha256_hex(lines)])
        if mac(key, text) != stream.trailer_signature:
            return text, stream.trailer_signature
    return None


def chunked(t, mode=SIGNED, payload=PAYLOAD, sizes=SIZES, trailer="crc32", announced=None, length=None, fault=None, value=None, more=(), **how):
    """A signed request whose payload goes in chunks; `fault` alters the stream after it was signed."""
    headers = [("Content-Encoding", "aws-chunked")]
    if length != "":
        headers.append(("X-Amz-Decoded-Content-Length", str(len(payload)) if length is None else length))
    if mode.endswith("TRAILER"):
        if announced != "":
            headers.append(("X-Amz-Trailer", announced or f"x-amz-checksum-{trailer}"))
    headers += more
    date = how.get("date", basic(t.now))
    seed = sign(t, Wire("PUT", t.path, headers), content=mode, **how)
    scope = f"{date[:8]}/{t.region}/s3/aws4_request"
    key = signing_key(how.get("secret", t.secret), date[:8], t.region, "s3")
    before = first = seed.values("authorization")[0][-64:]
    pieces, at = [], 0
    for size in [*sizes, 0]:
        pieces.append(Piece(payload[at : at + size]))
        at += size
    if mode != UNSIGNED:
        for piece in pieces:
            text = "\n".join(["AWS4-HMAC-SHA256-PAYLOAD", date, scope, before, EMPTY_HASH, sha256_hex(piece.signed)])
            piece.signature = before = mac(key, text)
    stream = Stream(pieces)
    if mode.endswith("TRAILER"):
        stream.trailers = [(f"x-amz-checksum-{trailer}", value or checksum(trailer, payload))]
    if mode == TRAILED:
        lines = "".join(f"{name}:{one}\n" for name, one in stream.trailers)
        stream.trailer_signature = mac(key, "\n".join(["AWS4-HMAC-SHA256-TRAILER", date, scope, before, sha256_hex(lines)]))
    if fault:
        fault(stream)
    seed.body = stream.encoded(mode)
    wire = seed.changed("content-length", str(len(seed.body)))
    wire.piece = wrong_piece(stream, key, date, scope, first) if mode != UNSIGNED else None
    return wire


def payload_refused(status, code, message, *extra):
    return refused(S3_HEADER, "payload", status, code, message, *extra)


TERMINATED = payload_refused(400, "IncompleteBody", "The request body terminated unexpectedly")
LENGTH = payload_refused(400, "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header")
TRAILER = payload_refused(
    400, "MalformedTrailerError", "The request contained trailing data that was not well-formed or did not conform to our published schema."
)


def digest(name):
    return payload_refused(400, "BadDigest", f"The {name} you specified did not match the calculated checksum.")


def no_trailers(stream):
    stream.trailers = []


def recipes(t):
    yield from goods(t)
    yield from signed(t)
    yield from trailers(t)


def goods(t):
    def good(name, why, wire):
        return Case(f"s3-chunks-good-{name}", why, "VA", wire, ACCEPTED)

    yield good("signed", "Signed chunks.", chunked(t))
    yield good("signed-one", "One signed chunk may be small.", chunked(t, payload=b"hello", sizes=(5,)))
    yield good("signed-empty", "No payload: the last chunk alone.", chunked(t, payload=b"", sizes=()))
    for name in CHECKSUMS:
        yield good(f"trailer-{name}", f"Signed chunks with a {name.upper()} behind them.", chunked(t, TRAILED, trailer=name, payload=b"hello", sizes=(5,)))
    for name, value in XXHASH.items():
        yield good(f"trailer-{name}", f"Signed chunks with an {name.upper()} behind them.", chunked(t, TRAILED, trailer=name, value=value, payload=b"hello", sizes=(5,)))
    yield good("unsigned-md5", "Unsigned chunks with an MD5 behind them.", chunked(t, UNSIGNED, trailer="md5"))
    yield good("trailer-two", "Two signed chunks with a checksum behind them.", chunked(t, TRAILED))
    yield good("unsigned", "Unsigned chunks with a checksum behind them.", chunked(t, UNSIGNED))
    yield Case("s3-chunks-good-unsigned-no-trailer", "Likely: unsigned chunks with no trailer announced and none sent; the service computes a checksum itself.", "V", chunked(t, UNSIGNED, announced="", fault=no_trailers), ACCEPTED)


def signed(t):
    def bad(name, why, wire, expected, source="VA"):
        return Case(f"s3-chunks-bad-{name}", why, source, wire, expected)

    def mismatch(name, why, wire):
        return Case(f"s3-chunks-mismatch-{name}", why, "VA", wire, s3_mismatch(wire, piece=wire.piece))

    def flip(index, at):
        def fault(stream):
            data = bytearray(stream.pieces[index].signed)
            data[at] ^= 1
            stream.pieces[index].data = bytes(data)

        return fault

    def signature(index, change):
        def fault(stream):
            stream.pieces[index].signature = change(stream.pieces[index].signature)

        return fault

    def reorder(*order):
        def fault(stream):
            stream.pieces = [stream.pieces[i] for i in order]

        return fault

    def resize(index, size):
        def fault(stream):
            stream.pieces[index].size = size

        return fault

    zero = lambda _: "0" * 64
    yield mismatch("first-byte", "A bit of the first chunk flipped. S3 shows the string to sign of the chunk, and the canonical request of the head.", chunked(t, fault=flip(0, 0)))
    yield mismatch("last-byte", "The last bit of the payload flipped.", chunked(t, fault=flip(1, 99)))
    yield mismatch("chunk-signature", "The second chunk has another signature.", chunked(t, fault=signature(1, zero)))
    yield mismatch("end-signature", "The empty chunk at the end has another signature: who stops reading before it accepts it.", chunked(t, fault=signature(2, zero)))
    yield mismatch("chunks-swapped", "Two chunks of one size in the other order.", chunked(t, **THREE, fault=reorder(1, 0, 2, 3)))
    yield mismatch("chunk-twice", "A chunk sent twice.", chunked(t, fault=reorder(0, 0, 1, 2)))
    yield mismatch("chunk-left-out", "A chunk left out.", chunked(t, fault=reorder(1, 2)))
    yield mismatch("seed", "The head is signed with another secret, and so is the chain.", chunked(t, secret="another secret EXAMPLE"))
    yield bad("no-end", "The empty chunk at the end never comes.", chunked(t, fault=reorder(0, 1)), TERMINATED)
    yield bad("size-line", "A size that is no number.", chunked(t, fault=resize(0, "zz")), TERMINATED)
    yield bad("no-chunk-signature", "A chunk without its signature.", chunked(t, fault=signature(0, lambda _: "")), TERMINATED)
    yield bad("length-longer", "x-amz-decoded-content-length announces a byte more.", chunked(t, length=str(len(PAYLOAD) + 1)), LENGTH)
    yield bad("length-shorter", "x-amz-decoded-content-length announces a byte less.", chunked(t, length=str(len(PAYLOAD) - 1)), LENGTH)
    missing = refused(S3_HEADER, "payload", 411, "MissingContentLength", "You must provide the Content-Length HTTP header.")
    yield bad("no-length", "x-amz-decoded-content-length is absent.", chunked(t, length=""), missing)
    small = payload_refused(403, "InvalidChunkSizeError", "Only the last chunk is allowed to have a size less than 8192 bytes", ("Chunk", "2"), ("BadChunkSize", "100"))
    yield bad("small-chunk", "A signed chunk of 100 bytes that is not the last; S3 counts the one after it.", chunked(t, sizes=(100, 8192)), small)
    late = basic(t.at(-1200))
    yield bad("late", "20 minutes late, and streamed.", chunked(t, date=late), s3_skewed(t, late))


def trailers(t):
    def bad(name, why, wire, expected):
        return Case(f"s3-chunks-bad-{name}", why, "VMA", wire, expected)

    def mismatch(name, why, wire):
        return Case(f"s3-chunks-mismatch-{name}", why, "VMA", wire, s3_mismatch(wire, piece=wire.piece))

    def set_trailers(*given):
        def fault(stream):
            stream.trailers = list(given)

        return fault

    def trailer_signature(change):
        def fault(stream):
            stream.trailer_signature = change(stream.trailer_signature)

        return fault

    def tamper(stream):
        stream.pieces[0].data = bytes([stream.pieces[0].signed[0] ^ 1]) + stream.pieces[0].signed[1:]

    right, wrong = checksum("crc32", PAYLOAD), checksum("crc32", b"another payload")
    crc32 = "x-amz-checksum-crc32"
    yield mismatch("trailer-signature", "The trailing headers have another signature: who leaves it unread accepts it.", chunked(t, TRAILED, fault=trailer_signature(lambda _: "0" * 64)))
    yield mismatch("trailer-changed", "The checksum was replaced after signing.", chunked(t, TRAILED, fault=set_trailers((crc32, wrong))))
    yield mismatch("trailer-seed", "Signed by another secret, head, chunks and trailer.", chunked(t, TRAILED, secret="another secret EXAMPLE"))
    yield bad("trailer-checksum", "A checksum of other bytes, properly signed.", chunked(t, TRAILED, value=wrong), digest("CRC32"))
    yield bad("trailer-left-out", "The announced checksum never comes.", chunked(t, TRAILED, fault=set_trailers()), TRAILER)
    yield bad("trailer-other-name", "Another checksum than the one announced.", chunked(t, TRAILED, trailer="sha256", announced=crc32), TRAILER)
    yield bad("trailer-announced-unknown", "A trailing header that is no checksum.", chunked(t, TRAILED, announced="x-amz-meta-note"), s3_request("payload", "The value specified in the x-amz-trailer header is not supported"))
    yield bad("trailer-xxhash3", "An XXHASH3 of other bytes, properly signed.", chunked(t, TRAILED, trailer="xxhash3", value=XXHASH["xxhash3"], payload=b"hallo", sizes=(5,)), digest("XXHASH3"))
    yield bad("unsigned-tampered", "A bit of an unsigned payload flipped: the checksum tells.", chunked(t, UNSIGNED, fault=tamper), digest("CRC32"))
    yield bad("unsigned-checksum", "The checksum of an unsigned payload is another.", chunked(t, UNSIGNED, value=wrong), digest("CRC32"))
    yield bad("unsigned-checksum-no-base64", "The checksum is no base64 of four bytes.", chunked(t, UNSIGNED, value="nothing"), s3_request("payload", "Value for x-amz-checksum-crc32 trailing header is invalid."))
    yield bad("unsigned-trailer-left-out", "The announced checksum never comes.", chunked(t, UNSIGNED, fault=set_trailers()), TRAILER)
    yield bad("unsigned-trailer-other-name", "Another checksum than the one announced.", chunked(t, UNSIGNED, trailer="sha256", announced=crc32), TRAILER)
    yield bad("unsigned-trailer-not-announced", "A checksum that no x-amz-trailer announces.", chunked(t, UNSIGNED, announced=""), TRAILER)

    def no_colon(stream):
        stream.trailers, stream.ending = [], b"without a colon\r\n\r\n"

    yield bad("unsigned-trailer-no-colon", "A line without a colon in place of the checksum: S3 takes it for the body's end.", chunked(t, UNSIGNED, fault=no_colon), TERMINATED)

    def two_and_unsigned(stream):
        stream.trailers.append(("x-amz-meta-note", "a"))
        stream.trailer_signature = "0" * 64

    yield mismatch("trailer-two", "A second trailing header, and a wrong signature of both: the signature is judged before the names.", chunked(t, TRAILED, fault=two_and_unsigned))
    inline = (("x-amz-checksum-crc32", right),)
    text = "Expecting a single x-amz-checksum- header"
    yield bad("trailer-and-header", "The same right checksum in the head and behind the payload.", chunked(t, UNSIGNED, more=inline), s3_request("payload", text))
    late = basic(t.at(-1200))
    yield bad("unsigned-late", "20 minutes late with an unsigned payload: who has no clock for these lets them be replayed for ever.", chunked(t, UNSIGNED, date=late), s3_skewed(t, late))
    yield mismatch("unsigned-seed", "An unsigned payload under a head that is signed with another secret.", chunked(t, UNSIGNED, secret="another secret EXAMPLE"))
