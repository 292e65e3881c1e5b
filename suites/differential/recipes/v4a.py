"""Signature Version 4A: a key pair, a set of regions, and a scope without a region. Hardly any other server speaks it."""

from dataclasses import replace

from ecdsa import private_key, signature
from recipes import Case
from signer import Wire, basic, canonical_request, escaped, path_of, query_of, sha256_hex, string_to_sign
from words import ACCEPTED, ALGORITHMS, CALCULATED, s3_mismatch, s3_query, s3_unknown_key

ALGORITHM = "AWS4-ECDSA-P256-SHA256"


def sign_v4a(t, wire=None, by="header", regions="us-east-1", **how):
    wire = wire or Wire(target=t.path)
    date = basic(t.now)
    scope = how.get("scope", f"{date[:8]}/{t.service}/aws4_request")
    akid = how.get("akid", t.access_key_id)
    key = private_key(how.get("secret", t.secret), how.get("key_of", akid))
    headers = [("Host", t.host)] + wire.headers
    payload = sha256_hex(wire.body)
    if by == "header":
        headers += [("X-Amz-Date", date), ("X-Amz-Region-Set", regions)]
        headers += [("X-Amz-Content-Sha256", payload)] if t.service == "s3" else []
    elif t.service == "s3":
        payload = "UNSIGNED-PAYLOAD"
    names = sorted(n.lower() for n, _ in headers if n.lower() not in how.get("unsigned", ()))
    wire = replace(wire, headers=headers)
    if by == "query":
        given = [("Algorithm", ALGORITHM), ("Credential", f"{akid}/{scope}"), ("Date", date), ("Expires", "300"), ("Region-Set", regions), ("SignedHeaders", ";".join(names))]
        query = "&".join(f"X-Amz-{n}={escaped(v)}" for n, v in given)
        before = query_of(wire.target)
        wire = replace(wire, target=f"{path_of(wire.target)}?{before + '&' if before else ''}{query}")
    text = string_to_sign(ALGORITHM, date, scope, canonical_request(wire, names, payload, t.service))
    made = how.get("signature", lambda one: one)(signature(key, text))
    if by == "query":
        wire = replace(wire, target=f"{wire.target}&X-Amz-Signature={made}")
    else:
        wire = wire.with_header("Authorization", f"{ALGORITHM} Credential={akid}/{scope}, SignedHeaders={';'.join(names)}, Signature={made}")
    return how.get("after", lambda one: one)(wire)


def recipes(s3, iam):
    def case(name, why, wire, expected):
        return Case(name, why, "DV", wire, expected, live=False)

    listing = Wire(target="/?Action=ListUsers&Version=2010-05-08")
    yield case("s3-v4a-good-header", "The header, for one region.", sign_v4a(s3), ACCEPTED)
    yield case("s3-v4a-good-any-region", "For any region.", sign_v4a(s3, regions="*"), ACCEPTED)
    yield case("s3-v4a-good-regions", "For several, the verifier's among them.", sign_v4a(s3, regions="eu-west-1,us-east-1"), ACCEPTED)
    yield case("s3-v4a-good-region-pattern", "For all that begin alike.", sign_v4a(s3, regions="us-*"), ACCEPTED)
    yield case("s3-v4a-good-presigned", "Presigned.", sign_v4a(s3, by="query"), ACCEPTED)
    yield case("standard-v4a-good", "A service other than S3.", sign_v4a(iam, listing), ACCEPTED)

    def mismatch(name, why, wire):
        return case(f"s3-v4a-mismatch-{name}", why, wire, s3_mismatch(wire))

    yield mismatch("secret", "The key pair of another secret.", sign_v4a(s3, secret="another secret EXAMPLE"))
    yield mismatch("key-of-another-id", "The key pair of the same secret with another access key ID.", sign_v4a(s3, key_of="AKIDEXAMPLE"))
    yield mismatch("path", "Another object's path.", sign_v4a(s3, after=lambda w: replace(w, target=f"/{s3.bucket}/another")))
    yield mismatch("regions", "The region set was widened after signing.", sign_v4a(s3, after=lambda w: w.changed("x-amz-region-set", "*")))
    yield mismatch("truncated", "The signature without its last two digits.", sign_v4a(s3, signature=lambda s: s[:-2]))
    yield mismatch("hmac-length", "64 digits, as an HMAC has.", sign_v4a(s3, signature=lambda s: s[:64]))
    yield mismatch("presigned-expires", "X-Amz-Expires raised after signing.", sign_v4a(s3, by="query", after=lambda w: replace(w, target=w.target.replace("Expires=300", "Expires=86400"))))
    yield case("standard-v4a-mismatch-secret", "The key pair of another secret.", sign_v4a(iam, listing, secret="another secret EXAMPLE"), CALCULATED)
    yield case("s3-v4a-bad-access-key", "An access key ID that nobody has.", sign_v4a(s3, akid="AKIDEXAMPLEUNKNOWN"), s3_unknown_key("AKIDEXAMPLEUNKNOWN"))
    wrong = sign_v4a(s3, by="query", after=lambda w: replace(w, target=w.target.replace(ALGORITHM, "AWS4-ECDSA-P384-SHA384")))
    yield case("s3-v4a-bad-algorithm", "Another curve.", wrong, s3_query("algorithm", ALGORITHMS))
