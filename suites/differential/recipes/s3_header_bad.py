"""Amazon S3, Authorization header: one fault each, check by check, and pairs of faults that show the order."""

from recipes import Case
from signer import EMPTY_HASH, Wire, basic, presign, sha256_hex, sign, utf8
from words import (
    CONTENT_SHA256, MALFORMED, NO_DATE, NO_KEY, ONE_SPACE, ONLY_ONE, S3_HEADER, V4_ONLY, refused, s3_argument, s3_denied, s3_header, s3_mismatch, s3_payload, s3_request,
    s3_skewed, s3_unknown_key, s3_unsigned,
)

OTHER = "AKIDEXAMPLE"


def recipes(t):
    yield from parts(t)
    yield from scopes(t)
    yield from payloads(t)
    yield from signatures(t)
    yield from orders(t)


def maker(kind):
    def case(name, why, source, wire, expected, **more):
        return Case(f"s3-header-{kind}-{name}", why, source, wire, expected, **more)

    return case


def parts(t):
    bad = maker("bad")

    def get(**how):
        return sign(t, Wire(target=t.path), **how)

    def written(change):
        return get(authorization=change)

    def put_in(old, new):
        return written(lambda value: value.replace(old, new, 1))

    def argument(wire, message):
        return "Authorization", wire.values("authorization")[0], message

    yield bad("anonymous", "No credentials at all.", "AB", Wire(target=t.path, headers=[("Host", t.host)]), s3_denied("mechanism", "Access Denied"))
    yield bad("empty-authorization", "An empty Authorization header is none.", "A", written(lambda _: ""), s3_denied("mechanism", "Access Denied"))
    wire = Wire(target=t.path, headers=[("Host", t.host), ("X-Amz-Date", basic(t.now))])
    yield bad("date-without-authorization", "A date alone is no authentication.", "A", wire, s3_denied("mechanism", "Access Denied"))
    both = presign(t, after=lambda one: sign(t, one))
    yield bad("both-mechanisms", "Header and query credentials at once, both right.", "RI", both, s3_argument("mechanism", ONLY_ONE, "Authorization", both.values("authorization")[0]))
    bearer = presign(t, after=lambda one: one.with_header("Authorization", "Bearer x.y.z"))
    yield bad("bearer-beside-presigned", "A bearer token sent along with a presigned URL.", "I", bearer, s3_argument("mechanism", ONLY_ONE, "Authorization", "Bearer x.y.z"))
    two = sign(t, Wire(target=f"{t.path}?AWSAccessKeyId={t.access_key_id}&Expires=4102444800&Signature=c2lnbmF0dXJl"))
    yield bad("version-2-query-beside", "A version 2 query signature beside the header.", "R", two, s3_argument("mechanism", ONLY_ONE, "Authorization", two.values("authorization")[0]))
    for name, date, why in (
        ("no-date", "", "Neither X-Amz-Date nor Date."),
        ("date-garbage", "yesterday", "A date that is none."),
        ("date-no-such-day", t.now.strftime("%Y") + "0231T101500Z", "The 31st of February."),
        ("date-epoch-seconds", "1773500966", "Seconds since 1970 are not the format."),
    ):
        yield bad(name, why, "VR", get(date=date, sts_date=date or basic(t.now), scope_date=basic(t.now)[:8]), s3_denied("request-date", NO_DATE))
    for name, seconds, why in (("late", -1200, "20 minutes late."), ("early", 1200, "20 minutes early."), ("days-late", -3 * 86400, "Three days late.")):
        date = basic(t.at(seconds))
        yield bad(name, why, "AVR", get(date=date), s3_skewed(t, date))
    http = t.at(-1200).strftime("%a, %d %b %Y %H:%M:%S GMT")
    late = get(date=http, sts_date=basic(t.at(-1200)), date_name="Date")
    yield bad("late-date-header", "20 minutes late by the Date header.", "VR", late, s3_skewed(t, basic(t.at(-1200))))
    for name, algorithm, why in (
        ("algorithm-sha1", "AWS4-HMAC-SHA1", "An algorithm that never was, though the signature is right by SHA-256."),
        ("algorithm-sha512", "AWS4-HMAC-SHA512", "A stronger hash is not spoken."),
        ("algorithm-md5", "AWS4-HMAC-MD5", "A weaker one neither."),
        ("algorithm-lower-case", "aws4-hmac-sha256", "The algorithm's case matters."),
        ("algorithm-prefix", "AWS4", "The beginning of the name is not the name."),
    ):
        wire = get(algorithm=algorithm)
        yield bad(name, why, "AV", wire, s3_argument("algorithm", "Unsupported Authorization Type", *argument(wire, "")[:2]))
    for name, value in (("bearer", "Bearer x.y.z"), ("basic", "Basic dXNlcjpwYXNz")):
        yield bad(name, f"{value.split()[0]} authentication.", "RI", written(lambda _, v=value: v), s3_argument("algorithm", "Unsupported Authorization Type", "Authorization", value))
    yield bad("version-2", "Signature Version 2 is refused by name.", "AVM", written(lambda _: f"AWS {t.access_key_id}:frJIUN8DYpKDtOLCwo//yllqDzg="), s3_request("algorithm", V4_ONLY))
    wire = written(lambda value: value.split(" ")[0])
    yield bad("algorithm-alone", "Nothing after the algorithm.", "RI", wire, s3_argument("mechanism", ONE_SPACE, *argument(wire, "")[:2]))
    wire = Wire("PUT", t.path, [("Host", t.host), ("Authorization", "nonsense"), ("Content-Length", "5")], b"hello")
    yield bad("one-word", "One word and no date: the word is looked at first.", "AI", wire, s3_argument("mechanism", ONE_SPACE, "Authorization", "nonsense"))
    twice = get(after=lambda one: one.with_header("Authorization", one.values("authorization")[0]))
    not_implemented = refused(S3_HEADER, "mechanism", 501, "NotImplemented", "A header you provided implies functionality that is not implemented", ("Header", "Authorization"))
    yield bad("authorization-twice", "The same right Authorization header a second time.", "A", twice, not_implemented)
    three = s3_header("authorization-header", "the authorization header requires three components: Credential, SignedHeaders, and Signature.")
    yield bad("two-components", "A component is absent.", "VR", written(lambda value: value.rsplit(", ", 1)[0]), three)
    yield bad("four-components", "A component too many.", "VR", written(lambda value: value + ", Extra=1"), three)
    malformed = 'the authorization component "SignedHeaders" is malformed.'
    yield bad("component-without-equals", "A component that is not name=value.", "V", written(lambda value: value.split("SignedHeaders=")[0] + "SignedHeaders, Signature=" + "0" * 64), s3_header("authorization-header", malformed))
    for part in ("Credential", "SignedHeaders", "Signature"):
        yield bad(f"no-{part.lower()}", f"Three components, and none of them is {part}.", "VR", put_in(f"{part}=", f"X{part}="), s3_header("authorization-header", f"missing {part}."))
    yield bad("component-lower-case", "The components' case matters.", "V", put_in("Credential=", "credential="), s3_header("authorization-header", "missing Credential."))


def scopes(t):
    bad = maker("bad")
    date = basic(t.now)[:8]

    def get(**how):
        return sign(t, Wire(target=t.path), **how)

    def scoped(text):
        return get(credential=f"{t.access_key_id}/{text}")

    yield bad("credential-four-parts", "No terminator.", "VR", scoped(f"{date}/{t.region}/s3"), s3_header("credential-parts", MALFORMED))
    yield bad("credential-key-only", "The access key ID alone.", "VR", get(credential=t.access_key_id), s3_header("credential-parts", MALFORMED))
    yield bad("credential-no-key", "The credential begins with its slash.", "I", get(akid=""), s3_header("credential-parts", NO_KEY))
    yield bad("service", "The scope of another service.", "AVR", get(service="iam", rules="s3"), s3_header("service", 'incorrect service "iam". This endpoint belongs to "s3".'))
    yield bad("service-upper-case", "The service's case matters.", "V", get(service="S3", rules="s3"), s3_header("service", 'incorrect service "S3". This endpoint belongs to "s3".'))
    yield bad("service-empty", "No service.", "V", get(service="", rules="s3"), s3_header("service", 'incorrect service "". This endpoint belongs to "s3".'))
    for name, terminator, why in (
        ("terminator", "aws3_request", "Another terminator."),
        ("terminator-upper-case", "AWS4_REQUEST", "The terminator's case matters."),
        ("terminator-longer", "aws4_requests", "A terminator that only begins right: who looks for the substring accepts it."),
        ("terminator-inside", "xaws4_request", "A terminator that only ends right."),
    ):
        yield bad(name, why, "VR", get(terminator=terminator), s3_header("terminator", f'incorrect terminal "{terminator}". This endpoint uses "aws4_request".'))
    for name, other, why in (
        ("scope-date-extended", t.now.strftime("%Y-%m-%d"), "The scope's date has no hyphens."),
        ("scope-date-short", date[2:], "The scope's date has four digits of the year."),
        ("scope-date-whole", basic(t.now), "The scope has a date, not a time."),
    ):
        text = f'incorrect date format "{other}". This date in the credential must be in the format "yyyyMMdd".'
        yield bad(name, why, "VR", get(scope_date=other), s3_header("scope-date-format", text))
    for name, region, why in (("region", "ap-south-2", "Another region."), ("region-upper-case", t.region.upper(), "The region's case matters."), ("region-empty", "", "No region.")):
        expected = s3_header("region", f"the region '{region}' is wrong; expecting '{t.region}'", ("Region", t.region))
        yield bad(name, why, "AIV", get(region=region), expected)
    yesterday = basic(t.at(-86400))[:8]
    text = "Invalid credential date. Date is not the same as X-Amz-Date."
    yield bad("scope-date", "Yesterday's scope for today's request, signed with yesterday's key.", "I", get(scope_date=yesterday), s3_header("scope-date", text))
    yield bad("access-key", "An access key ID that nobody has, and its signature is wrong as well.", "AVR", get(akid="AKIDEXAMPLEUNKNOWN", secret="another secret EXAMPLE"), s3_unknown_key("AKIDEXAMPLEUNKNOWN"))
    yield bad("access-key-right-secret", "An access key ID that nobody has, with the secret of one that is.", "AVR", get(akid="AKIDEXAMPLEUNKNOWN"), s3_unknown_key("AKIDEXAMPLEUNKNOWN"))
    swapped = t.access_key_id.swapcase()
    yield bad("access-key-case", "The access key ID's case matters.", "V", get(akid=swapped), s3_unknown_key(swapped))


def payloads(t):
    bad = maker("bad")

    def get(**how):
        return sign(t, Wire(target=t.path), **how)

    def content(value):
        return s3_argument("content-sha256", CONTENT_SHA256, "x-amz-content-sha256", value)

    yield bad("no-content-sha256", "S3 insists on the header.", "VRA", get(content=None), s3_request("content-sha256", "Missing required header for this request: x-amz-content-sha256"))
    for name, value, why in (
        ("content-sha256-garbage", "garbage", "A value that is neither a hash nor a word."),
        ("content-sha256-short", EMPTY_HASH[:-1], "A hash with a digit lost."),
        ("content-sha256-no-hex", "g" * 64, "64 characters that are no digits."),
        ("content-sha256-word-lower-case", "unsigned-payload", "The words' case matters."),
        ("content-sha256-unknown-stream", "STREAMING-AWS4-HMAC-SHA512-PAYLOAD", "A way of streaming that is not known."),
        ("content-sha256-no-trailer", "STREAMING-UNSIGNED-PAYLOAD", "Unsigned chunks exist with a trailer only."),
    ):
        yield bad(name, why, "VA", get(content=value), content(value))
    body = b"hello world\n"
    put = Wire("PUT", t.path, [], body)

    def other(text):
        def swapped(wire):
            wire.body = text
            return wire.changed("content-length", str(len(text)))

        return swapped

    claimed = sha256_hex(body)
    yield bad("body-tampered", "A body of the same length with other bytes.", "VMA", sign(t, put, after=other(b"hello w0rld\n")), s3_payload(claimed, b"hello w0rld\n"))
    yield bad("body-cut", "The end of the body is lost, and Content-Length says so.", "VMA", sign(t, put, after=other(b"hello")), s3_payload(claimed, b"hello"))
    yield bad("body-lost", "The whole body is lost.", "VMA", sign(t, put, after=other(b"")), s3_payload(claimed, b""))
    yield bad("body-added", "A body where an empty one was signed.", "VMA", sign(t, Wire("PUT", t.path), after=other(b"surprise")), s3_payload(EMPTY_HASH, b"surprise"))

    def add(*headers):
        def added(wire):
            for name, value in headers:
                wire = wire.with_header(name, value)
            return wire

        return added

    yield bad("unsigned-acl", "A header that changes what is done was added after signing.", "VA", sign(t, put, after=add(("x-amz-acl", "public-read"))), s3_unsigned("x-amz-acl"))
    yield bad("unsigned-meta", "Metadata added after signing.", "VA", sign(t, put, after=add(("x-amz-meta-note", "a"))), s3_unsigned("x-amz-meta-note"))
    two = add(("x-amz-tagging", "a=b"), ("X-Amz-Acl", "private"))
    yield bad("unsigned-two", "Two of them: both are named, in lower case, in the order sent.", "VA", sign(t, put, after=two), s3_unsigned("x-amz-tagging, x-amz-acl"))
    yield bad("unsigned-date", "x-amz-date has to be signed.", "V", get(unsigned=["x-amz-date"]), s3_unsigned("x-amz-date"))
    yield bad("unsigned-host", "The host has to be signed.", "V", get(unsigned=["host"]), s3_unsigned("host"))
    yield bad("unsigned-copy-source", "A copy's source added after signing.", "V", sign(t, Wire("PUT", t.path), after=add(("x-amz-copy-source", f"/{t.bucket}/other"))), s3_unsigned("x-amz-copy-source"))


def signatures(t):
    bad = maker("mismatch")

    def wrong(name, why, source, wire):
        return bad(name, why, source, wire, s3_mismatch(wire))

    def get(path=None, **how):
        return sign(t, Wire(target=path or t.path), **how)

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

    listing = f"/{t.bucket}/?list-type=2&prefix=a"
    yield wrong("secret", "Another secret.", "DVA", get(secret="another secret EXAMPLE"))
    yield wrong("secret-newline", "The secret with the line's end read along.", "I", get(secret=t.secret + "\n"))
    for name, change, why in (
        ("upper-case", str.upper, "The signature in upper case."),
        ("truncated", lambda s: s[:-1], "The signature without its last digit."),
        ("prefix", lambda s: s[:32], "The first half of the signature: who compares a prefix accepts it."),
        ("one-digit", lambda s: s[:-1] + ("0" if s[-1] != "0" else "1"), "The last digit is another."),
        ("first-digit", lambda s: ("0" if s[0] != "0" else "1") + s[1:], "The first digit is another."),
        ("longer", lambda s: s + "0", "A digit too many."),
        ("no-hex", lambda s: "z" * 64, "64 characters that are no digits are a wrong signature, not a malformed header."),
        ("short-word", lambda s: "none", "A signature of another length is a wrong one, not a malformed header."),
    ):
        yield wrong(name, why, "A", get(signature=change))
    yield wrong("path", "Another object's path.", "VA", get(after=retarget(lambda _: f"/{t.bucket}/another")))
    yield wrong("path-double-encoded", "The signer escaped the path twice, as for other services.", "I", get(f"/{t.bucket}/a%20b", canonical=lambda c: c.replace("%20", "%2520", 1)))
    yield wrong("path-slashes-merged", "A proxy made // one slash.", "I", get(f"/{t.bucket}/a//b", after=retarget(lambda one: one.replace("//", "/"))))
    yield wrong("path-dots-resolved", "A proxy resolved the dot segments.", "I", get(f"/{t.bucket}/a/../b", after=retarget(lambda one: one.replace("/a/..", ""))))
    yield wrong("path-plus-as-blank", "The signer took a plus in the path for a blank.", "I", get(f"/{t.bucket}/a+b", canonical=lambda c: c.replace("%2B", "%20", 1)))
    yield wrong("query-added", "A parameter added after signing.", "VA", get(listing, after=retarget(lambda one: one + "&max-keys=1")))
    yield wrong("query-changed", "A parameter's value changed after signing.", "VA", get(listing, after=retarget(lambda one: one.replace("prefix=a", "prefix=b"))))
    yield wrong("query-removed", "A parameter removed after signing.", "VA", get(listing, after=retarget(lambda one: one.replace("&prefix=a", ""))))
    unsorted = lambda c: c.replace("list-type=2&prefix=a", "prefix=a&list-type=2")
    yield wrong("query-unsorted", "The signer did not sort the parameters.", "I", get(listing, canonical=unsorted))
    yield wrong("query-no-equals", "The signer left out the equal sign of a parameter without a value.", "I", get(f"/{t.bucket}?location", canonical=lambda c: c.replace("location=", "location")))
    yield wrong("query-plus-literal", "The signer took a plus in the query for a plus.", "I", get(f"/{t.bucket}/?list-type=2&prefix=a+b", canonical=lambda c: c.replace("a%20b", "a%2Bb")))
    yield wrong("query-joined-sort", "The signer sorted the joined texts: a-b=1 before a=9.", "DV", get(f"/{t.bucket}/?list-type=2&x-b=9&x-b-c=1", canonical=lambda c: c.replace("x-b=9&x-b-c=1", "x-b-c=1&x-b=9")))
    yield wrong("query-first-of-two", "The signer signed the first of two parameters only: who drops duplicates accepts it.", "V", get(f"/{t.bucket}/?list-type=2&x-note=a&x-note=b", canonical=lambda c: c.replace("x-note=a&x-note=b", "x-note=a")))
    yield wrong("method", "GET signed, DELETE sent.", "V", get(after=method("DELETE")))
    yield wrong("head-of-get", "GET signed, HEAD sent.", "I", get(after=method("HEAD")))
    note = Wire("PUT", t.path, [("x-amz-meta-note", "a b")], b"note")
    yield wrong("header-changed", "A signed header's value changed after signing.", "V", sign(t, note, after=lambda one: one.changed("x-amz-meta-note", "c")))
    yield wrong("header-removed", "A signed header was removed after signing.", "VD", sign(t, note, after=lambda one: one.without("x-amz-meta-note")))
    absent = ["host", "x-amz-content-sha256", "x-amz-date", "x-amz-meta-note"]
    skipped = lambda c: c.replace("x-amz-meta-note:\n", "", 1)
    yield wrong("absent-header-skipped", "A header is signed that was never sent, and the signer left out its line: who skips absent headers accepts it.", "DV", get(signed=absent, canonical=skipped))
    yield wrong("header-added-again", "A signed header was sent a second time.", "V", sign(t, note, after=lambda one: one.with_header("x-amz-meta-note", "d")))
    wide = Wire("PUT", t.path, [("x-amz-meta-note", "a   b")], b"note")
    yield wrong("blanks-kept", "The signer kept a run of blanks: who only trims accepts it.", "V", sign(t, wide, canonical=lambda c: c.replace("a b", "a   b")))
    tabs = Wire("PUT", t.path, [("x-amz-meta-note", "a\tb")], b"note")
    yield wrong("tab-kept", "The signer kept a tab: who folds blanks only accepts it.", "D", sign(t, tabs, canonical=lambda c: c.replace("a b", "a\tb")))
    pair = Wire("PUT", t.path, [("x-amz-meta-note", "b"), ("x-amz-meta-note", "a")], b"note")
    yield wrong("values-sorted", "The signer sorted the values of a repeated header.", "D", sign(t, pair, canonical=lambda c: c.replace("b,a", "a,b")))
    latin = Wire("PUT", t.path, [("x-amz-meta-note", utf8("é"))], b"note")
    yield wrong("value-latin1", "The signer signed Latin-1 where UTF-8 was sent.", "I", sign(t, latin, canonical=lambda c: c.replace(utf8("é"), "\xe9")))
    yield wrong("host", "A proxy rewrote the host, and passed the request on to the same place.", "I", sign(t, Wire(target=t.path, headers=[("Host", "front.example")]), after=lambda one: one.changed("host", t.host)))
    other_form = t.host.split(":")[0] if ":" in t.host else f"{t.host}:443"
    yield wrong("host-port", "The signer signed another form of the host: without its port, or with one that is not sent.", "I", sign(t, Wire(target=t.path), canonical=lambda c: c.replace(f"host:{t.host}", f"host:{other_form}")))
    day = basic(t.now)[:8]
    for name, scope, why in (
        ("key-of-yesterday", (basic(t.at(-86400))[:8], t.region, "s3", "aws4_request"), "The signing key of yesterday."),
        ("key-of-another-region", (day, "eu-west-3", "s3", "aws4_request"), "The signing key of another region: who does not look at the region cannot tell."),
        ("key-of-another-service", (day, t.region, "iam", "aws4_request"), "The signing key of another service."),
    ):
        yield wrong(name, why, "D", get(key_scope=scope))
    yield wrong("date-in-string-to-sign", "The date in the string to sign is a second off.", "I", get(date=basic(t.now), sts_date=basic(t.at(1)), scope_date=day))
    yield wrong("date-changed", "x-amz-date replaced by a fresh one after signing.", "A", get(date=basic(t.at(-60)), after=lambda one: one.changed("x-amz-date", basic(t.now))))
    yield wrong("content-sha256-changed", "x-amz-content-sha256 changed to UNSIGNED-PAYLOAD after signing.", "V", sign(t, note, after=lambda one: one.changed("x-amz-content-sha256", "UNSIGNED-PAYLOAD")))
    unnamed = dict(unsigned=["x-amz-content-sha256"])
    yield wrong("content-sha256-unsigned", "x-amz-content-sha256 is not among the signed headers, and was changed after signing: its value is signed all the same.", "AI", sign(t, Wire("PUT", t.path, [], b"note"), **unnamed, after=lambda one: one.changed("x-amz-content-sha256", sha256_hex("nota"))))
    yield wrong("payload-of-canonical", "The signer's canonical request ends with another hash than the header has.", "I", get(payload=sha256_hex("another body")))
    yield wrong("signed-headers-line", "The signer listed a header in the request that its canonical request does not list.", "V", sign(t, note, signed=["host", "x-amz-content-sha256", "x-amz-date"], authorization=lambda v: v.replace("x-amz-date,", "x-amz-date;x-amz-meta-note,")))


def orders(t):
    order = maker("order")

    def get(**how):
        return sign(t, Wire(target=t.path), **how)

    late = basic(t.at(-1200))
    key = dict(akid="AKIDEXAMPLEUNKNOWN")
    secret = dict(secret="another secret EXAMPLE")
    add = lambda wire: wire.with_header("x-amz-acl", "private")
    yield order("clock-before-signature", "Late, and the signature is wrong: the clock is judged first.", "A", get(date=late, **secret), s3_skewed(t, late))
    yield order("clock-before-algorithm", "Late, and of an unknown algorithm.", "V", get(date=late, algorithm="AWS4-HMAC-SHA512"), s3_skewed(t, late))
    yield order("clock-before-region", "Late, and of another region.", "V", get(date=late, region="ap-south-2"), s3_skewed(t, late))
    yield order("clock-before-access-key", "Late, and of an unknown access key ID.", "V", get(date=late, **key), s3_skewed(t, late))
    yield order("date-before-algorithm", "No date, and of an unknown algorithm.", "V", get(date="", sts_date=late, algorithm="AWS4-HMAC-SHA512"), s3_denied("request-date", NO_DATE))
    yield order("components-before-credential", "A component is absent, and the credential is malformed.", "V", get(credential=t.access_key_id, authorization=lambda v: v.rsplit(", ", 1)[0]), s3_header("authorization-header", "the authorization header requires three components: Credential, SignedHeaders, and Signature."))
    yield order("service-before-terminator", "Another service and another terminator.", "V", get(service="iam", rules="s3", terminator="aws3_request"), s3_header("service", 'incorrect service "iam". This endpoint belongs to "s3".'))
    yield order("service-before-region", "Another service and another region.", "V", get(service="iam", rules="s3", region="ap-south-2"), s3_header("service", 'incorrect service "iam". This endpoint belongs to "s3".'))
    yield order("terminator-before-region", "Another terminator and another region.", "V", get(terminator="aws3_request", region="ap-south-2"), s3_header("terminator", 'incorrect terminal "aws3_request". This endpoint uses "aws4_request".'))
    expected = s3_header("region", f"the region 'ap-south-2' is wrong; expecting '{t.region}'", ("Region", t.region))
    yield order("region-before-access-key", "Another region and an unknown access key ID.", "A", get(region="ap-south-2", **key), expected)
    yield order("region-before-signature", "Another region and another secret.", "A", get(region="ap-south-2", **secret), expected)
    yield order("access-key-before-content-sha256", "An unknown access key ID without x-amz-content-sha256.", "V", get(content=None, **key), s3_unknown_key("AKIDEXAMPLEUNKNOWN"))
    yield order("access-key-before-unsigned", "An unknown access key ID and an unsigned header.", "V", get(after=add, **key), s3_unknown_key("AKIDEXAMPLEUNKNOWN"))
    garbage = s3_argument("content-sha256", CONTENT_SHA256, "x-amz-content-sha256", "garbage")
    yield order("content-sha256-before-unsigned", "A garbage hash and an unsigned header.", "V", get(content="garbage", after=add), garbage)
    yield order("content-sha256-before-signature", "A garbage hash and another secret.", "V", get(content="garbage", **secret), garbage)
    yield order("unsigned-before-signature", "An unsigned header and another secret.", "V", get(after=add, **secret), s3_unsigned("x-amz-acl"))
    both = sign(t, Wire("PUT", t.path, [], b"hello"), content=EMPTY_HASH, **secret)
    yield order("signature-before-payload", "Another secret and another body: the body is judged after the signature.", "A", both, s3_mismatch(both))
    twice = presign(t, date=late, after=lambda one: sign(t, one, date=late))
    yield order("mechanism-before-clock", "Two mechanisms at once, both late.", "R", twice, s3_argument("mechanism", ONLY_ONE, "Authorization", twice.values("authorization")[0]))
    head = sign(t, Wire("HEAD", t.path), **secret)
    yield order("head", "HEAD is refused like GET, with no body to say why.", "A", head, s3_mismatch(head))
