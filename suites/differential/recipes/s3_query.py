"""Amazon S3, presigned: odd but right, one fault each, and pairs of faults."""

from datetime import datetime, timezone

from recipes import Case
from signer import EMPTY_HASH, Wire, basic, presign, sha256_hex
from words import (
    ACCEPTED, ALGORITHMS, CONTENT_SHA256, MALFORMED, NO_KEY, S3_QUERY, SIX, WEEK, s3_argument, s3_credential, s3_early, s3_expired,
    s3_mismatch, s3_query, s3_unknown_key, s3_unsigned,
)


def recipes(t):
    yield from goods(t)
    yield from bads(t)
    yield from mismatches(t)
    yield from orders(t)


def maker(kind):
    def case(name, why, source, wire, expected, **more):
        return Case(f"s3-presigned-{kind}-{name}", why, source, wire, expected, **more)

    return case


def added(*headers):
    def add(wire):
        for name, value in headers:
            wire = wire.with_header(name, value)
        return wire

    return add


def goods(t):
    def good(name, why, source, wire):
        return maker("good")(name, why, source, wire, ACCEPTED)

    yield good("get", "The plain presigned request.", "DVA", presign(t))
    yield good("head", "A presigned HEAD.", "A", presign(t, Wire("HEAD", t.path)))
    yield good("put", "A presigned upload; nobody hashed the body.", "VA", presign(t, Wire("PUT", t.path, [], b"hello world\n")))
    yield good("a-week", "604800 seconds are allowed, whatever the refusal of more says.", "VA", presign(t, expires="604800"))
    yield good("old-and-long", "Six days old, and good for seven.", "VA", presign(t, date=basic(t.at(-6 * 86400)), expires="604800"))
    yield good("about-to-expire", "A minute before its end.", "V", presign(t, date=basic(t.at(-240)), expires="300"))
    yield good("early", "Dated 14 minutes ahead, within the window.", "A", presign(t, date=basic(t.at(840))))
    yield good("response-parameters", "What else the query has is signed along.", "D", presign(t, Wire(target=t.path + "?response-content-type=text%2Fplain")))
    turned = lambda query: "&".join(reversed(query.split("&")))
    yield good("parameters-turned-round", "The parameters may stand in any order.", "D", presign(t, query=turned))
    yield good("lower-case-escapes", "Escapes in lower case are the same.", "D", presign(t, query=lambda q: q.replace("%2F", "%2f").replace("%3B", "%3b")))
    yield good("raw-slashes", "The credential's slashes may stand bare.", "D", presign(t, query=lambda q: q.replace("%2F", "/")))
    yield good("signed-header", "A header that was signed, and is sent.", "D", presign(t, Wire(target=t.path, headers=[("x-amz-meta-note", "a")])))
    yield good("unsigned-range", "An unsigned Range is no fault.", "A", presign(t, after=added(("Range", "bytes=0-3"))))
    yield good("literal-content-sha256", "x-amz-content-sha256: UNSIGNED-PAYLOAD may be sent unsigned.", "A", presign(t, after=added(("x-amz-content-sha256", "UNSIGNED-PAYLOAD"))))
    body = b"hello world\n"
    hashed = Wire("PUT", t.path, [("x-amz-content-sha256", sha256_hex(body))], body)
    yield good("signed-content-sha256", "A real hash in a signed header takes the literal's place.", "A", presign(t, hashed, payload=sha256_hex(body)))


def bads(t):
    bad = maker("bad")
    date = basic(t.now)[:8]

    def credential(check, text, *extra):
        return s3_credential("query", check, text, *extra)

    for name, algorithm, why in (
        ("algorithm-sha1", "AWS4-HMAC-SHA1", "An algorithm that never was."),
        ("algorithm-sha512", "AWS4-HMAC-SHA512", "A stronger hash is not spoken."),
        ("algorithm-lower-case", "aws4-hmac-sha256", "The algorithm's case matters."),
        ("algorithm-empty", "", "No algorithm's name."),
    ):
        yield bad(name, why, "V", presign(t, algorithm=algorithm), s3_query("algorithm", ALGORITHMS))
    for part in ("Credential", "Date", "Expires", "SignedHeaders"):
        without = lambda query, part=part: "&".join(p for p in query.split("&") if not p.startswith(f"X-Amz-{part}="))
        yield bad(f"no-{part.lower()}", f"X-Amz-{part} is absent.", "VR", presign(t, query=without), s3_query("authorization-query", SIX))

    def unsigned(wire):
        wire.target = wire.target.split("&X-Amz-Signature=")[0]
        return wire

    yield bad("no-signature", "X-Amz-Signature is absent.", "VR", presign(t, after=unsigned), s3_query("authorization-query", SIX))
    yield bad("credential-four-parts", "No terminator.", "VR", presign(t, credential=f"{t.access_key_id}/{date}/{t.region}/s3"), credential("credential-parts", MALFORMED))
    yield bad("credential-key-only", "The access key ID alone.", "VR", presign(t, credential=t.access_key_id), credential("credential-parts", MALFORMED))
    yield bad("credential-no-key", "The credential begins with its slash.", "I", presign(t, akid=""), credential("credential-parts", NO_KEY))
    yield bad("service", "The scope of another service.", "AV", presign(t, service="iam", rules="s3"), credential("service", 'incorrect service "iam". This endpoint belongs to "s3".'))
    for name, terminator, why in (("terminator", "aws3_request", "Another terminator."), ("terminator-longer", "aws4_requests", "A terminator that only begins right.")):
        yield bad(name, why, "V", presign(t, terminator=terminator), credential("terminator", f'incorrect terminal "{terminator}". This endpoint uses "aws4_request".'))
    other = t.now.strftime("%Y-%m-%d")
    text = f'incorrect date format "{other}". This date in the credential must be in the format "yyyyMMdd".'
    yield bad("scope-date-extended", "The scope's date has no hyphens.", "V", presign(t, scope_date=other), credential("scope-date-format", text))
    expected = credential("region", f"the region 'ap-south-2' is wrong; expecting '{t.region}'", ("Region", t.region))
    yield bad("region", "Another region.", "AV", presign(t, region="ap-south-2"), expected)
    iso = "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""
    for name, given, why in (
        ("date-extended", t.now.strftime("%Y-%m-%dT%H:%M:%SZ"), "The extended form is not accepted here."),
        ("date-garbage", "yesterday", "A date that is none."),
        ("date-no-such-day", t.now.strftime("%Y") + "0230T101500Z", "The 30th of February."),
    ):
        yield bad(name, why, "V", presign(t, date=given, scope_date=date), s3_query("request-date", iso))
    yesterday = basic(t.at(-86400))[:8]
    text = f'Invalid credential date "{yesterday}". This date is not the same as X-Amz-Date: "{date}".'
    yield bad("scope-date", "Yesterday's scope for today's request.", "V", presign(t, scope_date=yesterday), s3_query("scope-date", text))
    for name, expires, why in (
        ("expires-word", "soon", "Not a number."),
        ("expires-nan", "NaN", "Not a number by name: a comparison with it is never true, so who does not look lets it live for ever."),
        ("expires-fraction", "1.5", "Not a whole number."),
        ("expires-exponent", "1e3", "Not a plain number."),
        ("expires-hex", "0x100", "Not a decimal number."),
        ("expires-blank", " 300", "A blank before the number."),
    ):
        yield bad(name, why, "VR", presign(t, expires=expires), s3_query("expires", "X-Amz-Expires should be a number"))
    yield bad("expires-negative", "A negative number of seconds.", "VR", presign(t, expires="-1"), s3_query("expires", "X-Amz-Expires must be non-negative"))
    for name, expires, why in (("expires-over-a-week", "604801", "A second more than a week."), ("expires-huge", "99999999999999999999", "More than any integer holds.")):
        yield bad(name, why, "VR", presign(t, expires=expires), s3_query("expires", WEEK))
    yield bad("expires-zero", "Zero seconds are lawful, and over at once.", "A", presign(t, expires="0"), s3_expired(t, "0", t.now))
    yield bad("expired", "Its time is over since a minute.", "AVR", presign(t, date=basic(t.at(-360)), expires="300"), s3_expired(t, "300", t.at(-60)))
    epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)
    yield bad("expired-epoch", "Dated 1970.", "A", presign(t, date=basic(epoch), expires="604800"), s3_expired(t, "604800", datetime(1970, 1, 8, tzinfo=timezone.utc)))
    for name, seconds, expires, why in (
        ("early", 1200, "300", "Dated 20 minutes ahead."),
        ("days-early", 3 * 86400, "604800", "Dated three days ahead: who does not look makes a link that lives ten."),
    ):
        date = basic(t.at(seconds))
        yield bad(name, why, "AI", presign(t, date=date, expires=expires), s3_early(t, date, expires))
    yield bad("access-key", "An access key ID that nobody has.", "AV", presign(t, akid="AKIDEXAMPLEUNKNOWN"), s3_unknown_key("AKIDEXAMPLEUNKNOWN", "query"))
    yield bad("unsigned-acl", "A header that changes what is done, not signed.", "VA", presign(t, Wire("PUT", t.path, [], b"x"), after=added(("x-amz-acl", "public-read"))), s3_unsigned("x-amz-acl", "query"))
    yield bad("unsigned-meta", "Metadata that was not signed.", "VA", presign(t, Wire("PUT", t.path, [], b"x"), after=added(("x-amz-meta-note", "a"))), s3_unsigned("x-amz-meta-note", "query"))
    yield bad("unsigned-host", "The host has to be signed.", "V", presign(t, Wire(target=t.path, headers=[("x-amz-meta-note", "a")]), unsigned=["host"]), s3_unsigned("host", "query"))
    garbage = presign(t, Wire(target=t.path, headers=[("x-amz-content-sha256", "garbage")]), payload="garbage")
    yield bad("content-sha256-garbage", "A signed x-amz-content-sha256 that is no hash.", "V", garbage, s3_argument("content-sha256", CONTENT_SHA256, "x-amz-content-sha256", "garbage", order=S3_QUERY))


def mismatches(t):
    def wrong(name, why, source, wire, payload=None):
        return maker("mismatch")(name, why, source, wire, s3_mismatch(wire, payload))

    def retarget(change):
        def changed(wire):
            wire.target = change(wire.target)
            return wire

        return changed

    def method(name):
        def changed(wire):
            wire.method = name
            return wire

        return changed

    yield wrong("secret", "Another secret.", "DVA", presign(t, secret="another secret EXAMPLE"))
    for name, change, why in (
        ("upper-case", str.upper, "The signature in upper case."),
        ("truncated", lambda s: s[:-1], "The signature without its last digit."),
        ("prefix", lambda s: s[:32], "The first half of the signature."),
        ("no-hex", lambda s: "z" * 64, "64 characters that are no digits are a wrong signature."),
    ):
        yield wrong(name, why, "A", presign(t, signature=change))
    yield wrong("path", "Another object's path.", "VA", presign(t, after=retarget(lambda one: one.replace(t.key, "another", 1))))
    yield wrong("method", "GET signed, PUT sent.", "VA", presign(t, after=method("PUT")))
    yield wrong("head-of-get", "GET signed, HEAD sent.", "I", presign(t, after=method("HEAD")))
    yield wrong("parameter-added", "A parameter added after signing.", "VA", presign(t, after=retarget(lambda one: one + "&response-content-type=text%2Fhtml")))
    yield wrong("expires-raised", "X-Amz-Expires raised after signing.", "VA", presign(t, after=retarget(lambda one: one.replace("X-Amz-Expires=300", "X-Amz-Expires=86400"))))
    yield wrong("parameter-again", "A parameter sent again with another value.", "V", presign(t, Wire(target=t.path + "?response-content-type=a"), after=retarget(lambda one: one + "&response-content-type=b")))
    yield wrong("host", "Signed for another host.", "I", presign(t, Wire(target=t.path, headers=[("Host", "front.example")]), after=lambda one: one.changed("host", t.host)))
    yield wrong("empty-hash", "The signer used the hash of an empty body where UNSIGNED-PAYLOAD belongs.", "I", presign(t, payload=EMPTY_HASH))
    body = b"hello world\n"
    hashed = added(("x-amz-content-sha256", sha256_hex(body)))
    yield wrong("unsigned-content-sha256", "A real hash added unsigned takes the literal's place, so the signature is wrong.", "A", presign(t, Wire("PUT", t.path, [], body), after=hashed))
    yield wrong("not-escaped-twice", "The query's escapes were escaped once more on the way.", "I", presign(t, Wire(target=t.path + "?prefix=a%20b"), after=retarget(lambda one: one.replace("%20", "%2520", 1))))


def orders(t):
    order = maker("order")
    expired = dict(date=basic(t.at(-1200)), expires="300")
    secret = dict(secret="another secret EXAMPLE")
    key = dict(akid="AKIDEXAMPLEUNKNOWN")
    add = added(("x-amz-acl", "private"))
    over = s3_expired(t, "300", t.at(-900))
    region = s3_credential("query", "region", f"the region 'ap-south-2' is wrong; expecting '{t.region}'", ("Region", t.region))
    yield order("algorithm-before-credential", "An unknown algorithm and a malformed credential.", "V", presign(t, algorithm="AWS4-HMAC-SHA1", credential="none"), s3_query("algorithm", ALGORITHMS))
    yield order("region-before-expires", "Another region and no number for X-Amz-Expires.", "V", presign(t, region="ap-south-2", expires="soon"), region)
    yield order("region-before-expired", "Another region, and expired.", "V", presign(t, region="ap-south-2", **expired), region)
    yield order("expired-before-access-key", "Expired, and of an unknown access key ID.", "V", presign(t, **expired, **key), over)
    yield order("expired-before-unsigned", "Expired, with an unsigned header.", "V", presign(t, **expired, after=add), over)
    yield order("expired-before-signature", "Expired, and the signature is wrong.", "VA", presign(t, **expired, **secret), over)
    yield order("access-key-before-unsigned", "An unknown access key ID and an unsigned header.", "V", presign(t, **key, after=add), s3_unknown_key("AKIDEXAMPLEUNKNOWN", "query"))
    yield order("access-key-before-signature", "An unknown access key ID and a wrong signature.", "V", presign(t, **key, **secret), s3_unknown_key("AKIDEXAMPLEUNKNOWN", "query"))
    yield order("unsigned-before-signature", "An unsigned header and a wrong signature.", "V", presign(t, **secret, after=add), s3_unsigned("x-amz-acl", "query"))
    yesterday = basic(t.at(-86400))[:8]
    yield order("expires-before-scope-date", "A negative X-Amz-Expires and yesterday's scope.", "A", presign(t, scope_date=yesterday, expires="-1"), s3_query("expires", "X-Amz-Expires must be non-negative"))
    yield order("expired-before-scope-date", "Expired, and of yesterday's scope.", "A", presign(t, **expired, scope_date=yesterday), over)
    ahead = basic(t.at(1200))
    yield order("early-before-scope-date", "Dated 20 minutes ahead, and of yesterday's scope.", "A", presign(t, date=ahead, scope_date=yesterday), s3_early(t, ahead, "300"))
