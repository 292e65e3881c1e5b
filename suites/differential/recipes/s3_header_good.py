"""Amazon S3, Authorization header: odd, but right."""

from recipes import Case
from signer import Wire, basic, sign, utf8
from words import ACCEPTED


def recipes(t):
    def good(name, why, source, wire, **more):
        return Case(f"s3-header-good-{name}", why, source, wire, ACCEPTED, **more)

    def get(path, **how):
        return sign(t, Wire(target=path), **how)

    def meta(value, **how):
        return sign(t, Wire("PUT", t.path, [("x-amz-meta-note", value)], b"note"), **how)

    def spacing(text):
        return lambda value: text.join(value.split(", "))

    yield good("get", "The plain request that all others are measured by.", "DVA", get(t.path))
    yield good("put", "A body whose hash is signed.", "VA", sign(t, Wire("PUT", t.path, [], b"hello world\n")))
    yield good("head", "HEAD is signed with its own method.", "A", sign(t, Wire("HEAD", t.path)))
    yield good("list", "A query with empty and escaped values.", "D", get(f"/{t.bucket}/?list-type=2&prefix=&delimiter=%2F"))
    yield good("query-out-of-order", "Parameters are sorted for signing, in whatever order they are sent.", "D", get(f"/{t.bucket}/?prefix=b&list-type=2&delimiter=a"))
    yield good("query-raw-slash", "A slash may stand bare in a query; it is signed as %2F.", "D", get(f"/{t.bucket}/?list-type=2&prefix=a/b"))
    yield good("query-lower-case-escape", "Escapes are signed in upper case, however they are sent.", "D", get(f"/{t.bucket}/?list-type=2&prefix=a%2fb"))
    yield good("query-plus", "A plus in a query is a blank.", "D", get(f"/{t.bucket}/?list-type=2&prefix=a+b"))
    yield good("query-escaped-plus", "%2B in a query is a plus.", "D", get(f"/{t.bucket}/?list-type=2&prefix=a%2Bb"))
    yield good("query-no-value", "A parameter without an equal sign is signed with one.", "D", get(f"/{t.bucket}?location"))
    yield good("query-twice", "A parameter that is sent twice is signed twice, sorted by value.", "D", get(f"/{t.bucket}/?list-type=2&x-note=b&x-note=a"))
    yield good("query-name-order", "Sorted by name first: a=9 comes before a-b=1 although '-' is less than '='.", "D", get(f"/{t.bucket}/?list-type=2&x-b=9&x-b-c=1"))
    yield good("query-empty-pieces", "Empty pieces between ampersands are dropped.", "D", get(f"/{t.bucket}/?list-type=2&&prefix=a&"))
    yield good("query-question-mark", "A question mark inside the query belongs to the value.", "D", get(f"/{t.bucket}/?list-type=2&prefix=a?b"))
    yield good("key-escaped-unreserved", "%7E and ~ are the same byte of a key.", "D", get(f"/{t.bucket}/a%7Eb"))
    yield good("key-raw-reserved", "Reserved characters may stand bare in a path; S3 signs them escaped.", "D", get(f"/{t.bucket}/a$b!c'(d)*,;:@&=e"))
    yield good("key-lower-case-escape", "Escapes in a path are signed in upper case.", "D", get(f"/{t.bucket}/caf%c3%a9"))
    yield good("key-plus", "A plus in a path is a plus, never a blank.", "D", get(f"/{t.bucket}/a+b"))
    yield good("key-blank", "A blank in a key.", "D", get(f"/{t.bucket}/a%20b"))
    yield good("key-percent", "A per cent sign in a key is escaped once only.", "D", get(f"/{t.bucket}/a%25b"))
    yield good("key-double-slash", "S3 keeps // in a key.", "D", get(f"/{t.bucket}//a//b"))
    yield good("key-dots", "S3 keeps dot segments in a key.", "D", get(f"/{t.bucket}/a/./b/../c"))
    yield good("key-raw-utf8", "Bytes above 0x7f may stand bare in a path.", "D", get(f"/{t.bucket}/" + utf8("é")))
    yield good("value-inner-blanks", "Runs of blanks inside a value are one blank to the signature.", "D", meta("a   b"))
    yield good("value-tabs", "A tab inside a value is a blank to the signature.", "D", meta("a\t\tb"))
    yield good("value-quoted-blanks", "Also inside quotes.", "D", meta('"a   b"'))
    yield good("value-outer-blanks", "Blanks around a value are not signed.", "D", meta("   a b  "))
    yield good("value-empty", "An empty value is signed as one.", "D", meta(""))
    yield good("value-utf8", "Bytes above 0x7f in a value are signed as they are sent.", "D", meta(utf8("naïve ✓")))
    yield good("value-comma", "A comma in a value is not a second value.", "D", meta("a, b"))
    twice = Wire("PUT", t.path, [("x-amz-meta-note", "b"), ("x-amz-meta-note", "a")], b"note")
    yield good("header-twice", "The values of a header sent twice are joined in the order sent, not sorted.", "D", sign(t, twice))
    yield good("header-upper-case", "Names are signed in lower case.", "D", sign(t, Wire("PUT", t.path, [("X-AMZ-META-NOTE", "a")], b"note")))
    yield good("no-blank-after-comma", "The parts may follow each other without a blank.", "R", get(t.path, authorization=spacing(",")))
    yield good("wide-commas", "More blanks between the parts change nothing.", "R", get(t.path, authorization=spacing(",   ")))

    yield good("unsigned-payload", "The literal stands for a body that nobody hashed.", "DV", sign(t, Wire("PUT", t.path, [], b"whatever"), content="UNSIGNED-PAYLOAD"))
    unnamed = dict(unsigned=["x-amz-content-sha256"])
    yield good("content-sha256-not-signed", "x-amz-content-sha256 need not be among the signed headers: its value is signed as the payload hash.", "AI", get(t.path, **unnamed))
    yield good("unsigned-payload-not-signed", "Nor need it be where it is a word.", "A", sign(t, Wire("PUT", t.path, [], b"whatever"), content="UNSIGNED-PAYLOAD", **unnamed))
    yield good("signed-names-twice", "A name that stands twice in SignedHeaders is signed once.", "A", get(t.path, authorization=lambda value: value.replace("=host;", "=host;host;")))
    yield good("signed-names-any-order", "The names may be sent in any order and any case; they are signed sorted, in lower case.", "A", get(t.path, authorization=lambda value: value.replace("host;x-amz-content-sha256;x-amz-date", "X-Amz-Date;HOST;x-amz-content-sha256")))
    yield good("unsigned-content-type", "S3 does not insist that Content-Type is signed.", "A", sign(t, Wire("PUT", t.path, [("Content-Type", "text/plain")], b"note")))
    signed_type = ["content-length", "content-type", "host", "x-amz-content-sha256", "x-amz-date"]
    yield good("signed-content-length", "Ordinary headers may be signed.", "D", sign(t, Wire("PUT", t.path, [("Content-Type", "text/plain")], b"note"), signed=signed_type))
    added = lambda wire: wire.with_header("X-Forwarded-For", "192.0.2.1").with_header("User-Agent", "corpus")
    yield good("headers-added-after", "Headers that a proxy adds are not signed, and need not be.", "A", get(t.path, after=added))
    yield good("range", "An unsigned Range is no fault.", "A", get(t.path, after=lambda wire: wire.with_header("Range", "bytes=0-3")))
    http = t.now.strftime("%a, %d %b %Y %H:%M:%S GMT")
    yield good("date-header", "Date may stand in for X-Amz-Date; the string to sign has it in basic form.", "DR", get(t.path, date=http, sts_date=basic(t.now), date_name="Date"))
    stale = sign(t, Wire(target=t.path, headers=[("Date", "Mon, 07 Sep 2020 10:00:00 GMT")]))
    yield good("stale-date-beside", "X-Amz-Date wins where both are sent.", "D", stale)
    yield good("almost-late", "14 minutes late is within the window.", "DV", get(t.path, date=basic(t.at(-840))))
    yield good("almost-early", "14 minutes early is within the window.", "DV", get(t.path, date=basic(t.at(840))))
    yield good("bucket-root", "The service's own root: ListBuckets.", "D", get("/"))
    yield good("query-bare-mark", "A question mark with nothing behind it is no query.", "D", get(t.path + "?"))
