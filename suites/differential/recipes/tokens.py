"""Session tokens, on S3 and elsewhere. Real servers have no temporary credentials to give, so these are for the stored corpus."""

from dataclasses import replace

from recipes import Case
from signer import Wire, presign, sign
from words import ACCEPTED, S3_QUERY, STANDARD, UNKNOWN, order_of, refused, s3_mismatch, s3_unknown_key

TOKEN = "FwoGZXIvYXdzEXAMPLE//token+of=a/session"


def recipes(s3, iam):
    temporary, other = replace(s3, token=TOKEN), replace(s3, token=TOKEN.replace("token", "t0ken"))
    knows = {"token": TOKEN}

    def case(name, why, source, wire, expected, known=knows):
        return Case(name, why, source, wire, expected, known=dict(known), live=False)

    def malformed(by, token, check="session-token"):
        text = "The provided token is malformed or otherwise invalid."
        return refused(order_of(by), check, 400, "InvalidToken", text, ("Token-0", token))

    expired = lambda by: refused(order_of(by), "session-token", 400, "ExpiredToken", "The provided token has expired.", ("Token-0", TOKEN))
    late = {"token": TOKEN, "expired": True}
    static = {"token": None}
    path = Wire(target=s3.path)
    yield case("s3-token-good-header", "Temporary credentials with their token in the header.", "A", sign(temporary, path), ACCEPTED)
    yield case("s3-token-good-presigned", "The token in the query of a presigned request.", "A", presign(temporary, path), ACCEPTED)
    yield case("s3-token-bad-other", "A token with a letter changed before signing.", "AB", sign(other, path), malformed("header", other.token))
    yield case("s3-token-bad-other-presigned", "The same in a presigned request.", "AB", presign(other, path), malformed("query", other.token))
    yield case("s3-token-bad-expired", "The temporary credentials have ended.", "BW", sign(temporary, path), expired("header"), late)
    yield case("s3-token-bad-expired-presigned", "The same in a presigned request.", "BW", presign(temporary, path), expired("query"), late)
    yield case("s3-token-bad-static", "A token beside a key that has none, and the signature is right.", "A", sign(temporary, path), malformed("header", TOKEN, "unexpected-token"), static)
    yield case("s3-token-bad-static-presigned", "The same in a presigned request.", "A", presign(temporary, path), malformed("query", TOKEN, "unexpected-token"), static)
    for name, how, wire in (
        ("", "", sign(temporary, path, secret="another secret EXAMPLE")),
        ("-presigned", " In a presigned request.", presign(temporary, path, secret="another secret EXAMPLE")),
    ):
        yield case(f"s3-token-order-signature-before-static{name}", f"A token beside a key that has none, and a wrong signature: it is judged first.{how}", "A", wire, s3_mismatch(wire), static)
    late_and_wrong = sign(temporary, path, secret="another secret EXAMPLE")
    yield case("s3-token-order-expired-before-signature", "Temporary credentials that have ended, and a wrong signature.", "A", late_and_wrong, expired("header"), late)
    yield case("s3-token-bad-absent", "Temporary credentials without their token are unknown.", "A", sign(s3, path), s3_unknown_key(s3.access_key_id))
    unsigned = sign(s3, path, after=lambda wire: wire.with_header("X-Amz-Security-Token", TOKEN))
    text = "There were headers present in the request which were not signed"
    named = refused(order_of("header"), "headers-signed", 403, "AccessDenied", text, ("HeadersNotSigned", "x-amz-security-token"))
    yield case("s3-token-bad-unsigned", "The token was added after signing.", "V", unsigned, named)
    left_out = presign(temporary, path, canonical=lambda c: "\n".join("&".join(p for p in line.split("&") if not p.startswith("X-Amz-Security-Token=")) for line in c.split("\n")))
    yield case("s3-token-mismatch-added-late", "The token joined the query after signing, as for AWS IoT.", "I", left_out, s3_mismatch(left_out))

    listing = Wire(target="/?Action=ListUsers&Version=2010-05-08")
    temporary, other = replace(iam, token=TOKEN), replace(iam, token=TOKEN.replace("token", "t0ken"))
    invalid = refused(STANDARD, "session-token", 403, "InvalidClientTokenId", "The security token included in the request is invalid.")
    over = refused(STANDARD, "session-token", 403, "ExpiredToken", "The security token included in the request is expired")
    yield case("standard-token-good", "Temporary credentials with their token.", "D", sign(temporary, listing), ACCEPTED)
    yield case("standard-token-bad-other", "A token changed before signing.", "DA", sign(other, listing), invalid)
    yield case("standard-token-bad-expired", "The temporary credentials have ended.", "D", sign(temporary, listing), over, late)
    yield case("standard-token-bad-static", "A token beside a key that has none.", "D", sign(temporary, listing), invalid, static)
    yield case("standard-token-bad-absent", "Temporary credentials without their token are unknown.", "D", sign(iam, listing), UNKNOWN)
    yield case("standard-token-order-before-signature", "Another token and a wrong signature.", "D", sign(other, listing, secret="another secret EXAMPLE"), invalid)
