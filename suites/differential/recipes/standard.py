"""All services but S3, signature in the header and in the query."""

from dataclasses import replace

from recipes import Case
from signer import Wire, basic, extended, presign, sha256_hex, sign, utf8
from words import (
    ACCEPTED, CALCULATED, HOST, NO_TOKEN, STANDARD, UNKNOWN, incomplete, mismatch, must_include, no_equals, refused, region_text,
    requires, scope_date_text, service_text, standard, terminator_text, wrong_scope,
)

FORM = b"Action=ListUsers&Version=2010-05-08"


def maker(kind):
    def case(name, why, source, wire, expected, **more):
        return Case(f"standard-{kind}-{name}", why, source, wire, expected, live=False, **more)

    return case


def recipes(t):
    yield from goods(t)
    yield from requests(t)
    yield from headers(t)
    yield from scopes(t)
    yield from presigned(t)
    yield from mismatches(t)
    yield from orders(t)


def listing(t, **how):
    return sign(t, Wire(target="/?Action=ListUsers&Version=2010-05-08"), **how)


def goods(t):
    def good(name, why, source, wire):
        return maker("good")(name, why, source, wire, ACCEPTED)

    def get(path, **how):
        return sign(t, Wire(target=path), **how)

    yield good("query", "The query protocol by GET.", "D", listing(t))
    form = [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")]
    yield good("form", "The query protocol by POST; the body's hash is signed.", "D", sign(t, Wire("POST", "/", form, FORM)))
    yield good("path-encoded-twice", "What is escaped on the wire is escaped again for signing.", "D", get("/a%20b"))
    yield good("path-normalized", "Dot segments and repeated slashes are resolved for signing.", "D", get("/a//b/./c/../d/"))
    yield good("path-raw-utf8", "Bytes above 0x7f in a path are escaped once.", "D", get("/" + utf8("é")))
    yield good("query-name-order", "Sorted by name first.", "D", get("/?a-b=1&a=9"))
    yield good("query-twice", "A parameter sent twice is signed twice.", "D", get("/?a=2&a=1"))
    yield good("query-plus", "A plus in a query is a blank.", "D", get("/?a=b+c"))
    yield good("query-no-value", "A parameter without an equal sign is signed with one.", "D", get("/?a"))
    yield good("query-raw-utf8", "Bytes above 0x7f in a query are escaped.", "D", get("/?" + utf8("ሴ=bar")))
    yield good("value-blanks", "Runs of blanks in a value are one.", "D", sign(t, Wire(headers=[("X-Amz-Note", "a   b")])))
    yield good("value-tab", "A tab is a blank.", "D", sign(t, Wire(headers=[("X-Amz-Note", "a\tb")])))
    yield good("header-twice", "The values of a repeated header are joined in the order sent.", "D", sign(t, Wire(headers=[("X-Amz-Note", "z"), ("x-amz-note", "a")])))
    yield good("unsigned-amz-header", "Only S3 insists that every x-amz-* header is signed.", "D", listing(t, after=lambda w: w.with_header("x-amz-note", "a")))
    yield good("unsigned-date", "Only the host has to be signed.", "D", listing(t, signed=["host"]))
    http = t.now.strftime("%a, %d %b %Y %H:%M:%S GMT")
    yield good("date-header", "Date may stand in for X-Amz-Date.", "D", listing(t, date=http, sts_date=basic(t.now), date_name="Date"))
    yield good("extended-date", "The extended form is tolerated in the header; the string to sign has the basic one.", "D", listing(t, date=extended(t.now), sts_date=basic(t.now)))
    twice = lambda value: value.replace("Credential=", "Credential=nobody/none, Credential=", 1)
    yield good("duplicate-part-last-wins", "Of two equal components the last counts.", "D", listing(t, authorization=twice))
    yield good("almost-late", "14 minutes late, where the window is 15.", "D", listing(t, date=basic(t.at(-840))))
    yield good("presigned", "A presigned request; the hash of the body that came is signed.", "D", presign(t, Wire(target="/?Action=ListUsers")))
    again = lambda w: replace(w, target=w.target + "&X-Amz-Credential=nobody")
    first = presign(t, Wire(target="/?Action=ListUsers"), query=lambda q: q + "&X-Amz-Credential=nobody")
    yield good("duplicate-parameter-first-wins", "Of two equal parameters the first counts, and both are signed.", "D", first)


def requests(t):
    bad = maker("bad")

    def get(path, **how):
        return sign(t, Wire(target=path), **how)

    nothing = lambda: refused(STANDARD, "path", 400, "", "")
    yield bad("path-broken-escape", "An escape without two digits in the path.", "D", get("/a%zz"), nothing())
    yield bad("path-short-escape", "An escape that ends too early in the path.", "D", get("/a%2"), nothing())
    yield bad("path-above-root", "A path that climbs above the root.", "D", get("/a/../../b"), nothing())
    yield bad("query-broken-escape", "An escape without two digits in the query.", "D", get("/?a=%zz"), standard("query-string", 404, "MalformedQueryString", "Illegal hex character in escape % pattern: %zz"))
    yield bad("query-short-escape", "An escape that ends too early in the query.", "D", get("/?a=%2"), standard("query-string", 404, "MalformedQueryString", "Incomplete trailing escape % sequence"))


def headers(t):
    bad = maker("bad")
    both = presign(t, Wire(target="/?Action=ListUsers"), after=lambda one: sign(t, one))
    yield bad("both-mechanisms", "Header and query credentials at once; there is no message.", "D", both, mismatch("mechanism", ""))
    yield bad("anonymous", "No credentials at all.", "D", Wire(target="/?Action=ListUsers", headers=[("Host", t.host)]), NO_TOKEN)
    wrong = listing(t, algorithm="AWS4-HMAC-SHA512")
    yield bad("algorithm", "An algorithm that is not spoken.", "D", wrong, incomplete("authorization-header", "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512'."))
    yield bad("algorithm-lower-case", "The algorithm's case matters.", "D", listing(t, algorithm="aws4-hmac-sha256"), incomplete("authorization-header", "Unsupported AWS 'algorithm': 'aws4-hmac-sha256'."))
    bearer = Wire(target="/", headers=[("Host", t.host), ("Authorization", "Bearer x.y.z")])
    yield bad("bearer", "A bearer token where a signature belongs: its components are looked at before its algorithm.", "I", bearer, no_equals(bearer))
    torn = listing(t, authorization=lambda v: v.replace("SignedHeaders=", "SignedHeaders ", 1))
    yield bad("component-without-equals", "A component that is not name=value.", "DI", torn, no_equals(torn))
    for part in ("Credential", "Signature", "SignedHeaders"):
        wire = listing(t, authorization=lambda v, part=part: ", ".join(p for p in v.replace("SHA256 ", "SHA256, ", 1).split(", ") if not p.startswith(part + "=")).replace(", ", " ", 1))
        yield bad(f"no-{part.lower()}", f"{part} is absent.", "DIV", wire, requires(wire, part))
    wire = listing(t, date="", sts_date=basic(t.now))
    yield bad("no-date", "Neither X-Amz-Date nor Date.", "DI", wire, requires(wire, "date"))
    wire = listing(t, authorization=lambda v: v.split(" ")[0] + " Extra=1", date="")
    yield bad("nothing-but-algorithm", "Everything absent: the refusals are gathered in one message.", "D", wire, requires(wire, "Credential", "Signature", "SignedHeaders", "date"))
    yield bad("host-unsigned", "The host has to be signed.", "D", listing(t, signed=["x-amz-date"]), HOST)
    for name, date, why in (("date-garbage", "yesterday", "A date that is none."), ("date-no-such-day", t.now.strftime("%Y") + "0231T101500Z", "The 31st of February.")):
        text = f"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601"
        yield bad(name, why, "D", listing(t, date=date, scope_date=basic(t.now)[:8]), incomplete("request-date", text))

    def expired(t, date, minutes):
        now, limit = basic(t.now), basic(t.at(-60 * minutes))
        return mismatch("not-expired", f"Signature expired: {date} is now earlier than {limit} ({now} - {minutes} min.)")

    def early(t, date, minutes):
        now, limit = basic(t.now), basic(t.at(60 * minutes))
        return mismatch("not-early", f"Signature not yet current: {date} is still later than {limit} ({now} + {minutes} min.)")

    late, soon = basic(t.at(-1200)), basic(t.at(1200))
    yield bad("late", "20 minutes late, where the window is 15.", "DI", listing(t, date=late), expired(t, late, 15))
    yield bad("early", "20 minutes early.", "DI", listing(t, date=soon), early(t, soon, 15))
    narrow = replace(t, service="lambda", host=f"lambda.{t.region}.amazonaws.com")
    late, soon = basic(t.at(-360)), basic(t.at(360))
    path = Wire(target="/2015-03-31/functions/")
    yield bad("late-of-five", "6 minutes late, where the window is 5.", "I", sign(narrow, path, date=late), expired(narrow, late, 5), known={"service": "lambda"})
    yield bad("early-of-five", "6 minutes early, where the window is 5.", "I", sign(narrow, path, date=soon), early(narrow, soon, 5), known={"service": "lambda"})
    yield maker("good")("four-of-five", "4 minutes late, where the window is 5.", "I", sign(narrow, path, date=basic(t.at(-240))), ACCEPTED, known={"service": "lambda"})


def scopes(t):
    bad = maker("bad")
    date, iso = basic(t.now)[:8], basic(t.now)
    for name, credential, why in (
        ("credential-four-parts", f"{t.access_key_id}/{date}/{t.region}/{t.service}", "No terminator."),
        ("credential-six-parts", f"{t.access_key_id}/extra/{date}/{t.region}/{t.service}/aws4_request", "A part too many."),
        ("credential-key-only", t.access_key_id, "The access key ID alone."),
    ):
        text = f"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'"
        yield bad(name, why, "D", listing(t, credential=credential), incomplete("credential-parts", text))
    yield bad("region", "Another region.", "D", listing(t, region="ap-south-2"), wrong_scope(region_text("ap-south-2")))
    yield bad("service", "Another service: the message names the right one.", "D", listing(t, service="sts", rules="sts"), wrong_scope(service_text(t.service)))
    yield bad("terminator", "Another terminator.", "D", listing(t, terminator="aws3_request"), wrong_scope(terminator_text("aws3_request")))
    yield bad("terminator-longer", "A terminator that only begins right.", "D", listing(t, terminator="aws4_requests"), wrong_scope(terminator_text("aws4_requests")))
    yesterday = basic(t.at(-86400))[:8]
    yield bad("scope-date", "Yesterday's scope for today's request.", "D", listing(t, scope_date=yesterday), wrong_scope(scope_date_text(yesterday, iso)))
    everything = dict(region="ap-south-2", service="sts", rules="sts", terminator="aws3_request", scope_date=yesterday)
    texts = [region_text("ap-south-2"), service_text(t.service), terminator_text("aws3_request"), scope_date_text(yesterday, iso)]
    yield bad("scope-all", "Every part of the scope is wrong: the refusals are gathered in one message.", "D", listing(t, **everything), wrong_scope(*texts))
    yield bad("scope-region-and-date", "Two parts of the scope are wrong.", "D", listing(t, region="ap-south-2", scope_date=yesterday), wrong_scope(texts[0], texts[3]))
    yield bad("scope-service-and-terminator", "Two other parts are wrong.", "D", listing(t, service="sts", rules="sts", terminator="aws3_request"), wrong_scope(texts[1], texts[2]))
    yield bad("access-key", "An access key ID that nobody has.", "D", listing(t, akid="AKIDEXAMPLEUNKNOWN"), UNKNOWN)


def presigned(t):
    bad = maker("presigned-bad")
    target = Wire(target="/?Action=ListUsers")

    def drop(*parts):
        names = tuple(f"X-Amz-{part}=" for part in parts)
        return lambda query: "&".join(p for p in query.split("&") if not p.startswith(names))

    yield bad("algorithm", "An algorithm that is not spoken counts as none.", "DV", presign(t, target, algorithm="AWS4-HMAC-SHA512"), replace_check(NO_TOKEN, "authorization-query"))
    for part in ("Credential", "SignedHeaders", "Date"):
        yield bad(f"no-{part.lower()}", f"X-Amz-{part} is absent.", "D", presign(t, target, query=drop(part)), must_include(part))

    def unsigned(wire):
        return replace(wire, target=wire.target.split("&X-Amz-Signature=")[0])

    yield bad("no-signature", "X-Amz-Signature is absent.", "D", presign(t, target, after=unsigned), must_include("Signature"))
    wire = presign(t, target, query=drop("Credential", "SignedHeaders", "Date"), after=unsigned)
    yield bad("nothing-but-algorithm", "Everything absent: the refusals are gathered in one message.", "D", wire, must_include("Credential", "Signature", "SignedHeaders", "Date"))
    yield bad("host-unsigned", "The host has to be signed.", "D", presign(t, target, signed=["x-amz-note"]), HOST)
    text = "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601"
    yield bad("date-garbage", "A date that is none.", "D", presign(t, target, date="yesterday", scope_date=basic(t.now)[:8]), incomplete("request-date", text))
    soon, limit = basic(t.at(1200)), basic(t.at(900))
    text = f"Signature not yet current: {soon} is still later than {limit} ({basic(t.now)} + 15 min.)"
    yield bad("early", "20 minutes early.", "D", presign(t, target, date=soon), mismatch("not-early", text))
    yield bad("region", "Another region.", "D", presign(t, target, region="ap-south-2"), wrong_scope(region_text("ap-south-2")))
    yield bad("access-key", "An access key ID that nobody has.", "D", presign(t, target, akid="AKIDEXAMPLEUNKNOWN"), UNKNOWN)
    yield bad("signature", "Another secret.", "D", presign(t, target, secret="another secret EXAMPLE"), CALCULATED)
    yield bad("parameter-added", "A parameter added after signing.", "D", presign(t, target, after=lambda w: replace(w, target=w.target + "&MaxItems=1")), CALCULATED)
    yield bad("unsigned-payload-word", "UNSIGNED-PAYLOAD is S3's word; here the body is hashed.", "D", presign(t, target, payload="UNSIGNED-PAYLOAD"), CALCULATED)


def replace_check(expected, check):
    return standard(check, expected["status"], expected["code"], expected["message"])


def mismatches(t):
    def wrong(name, why, source, wire):
        return maker("mismatch")(name, why, source, wire, CALCULATED)

    form = Wire("POST", "/", [("Content-Type", "application/x-www-form-urlencoded")], FORM)
    yield wrong("secret", "Another secret.", "D", listing(t, secret="another secret EXAMPLE"))
    yield wrong("upper-case", "The signature in upper case.", "D", listing(t, signature=str.upper))
    yield wrong("truncated", "The signature without its last digit.", "D", listing(t, signature=lambda s: s[:-1]))
    yield wrong("prefix", "The first half of the signature.", "D", listing(t, signature=lambda s: s[:32]))

    def tampered(wire):
        wire.body = FORM.replace(b"List", b"Make")
        return wire

    yield wrong("body", "The body was tampered with; that is a wrong signature here, not a wrong hash.", "D", sign(t, form, after=tampered))
    why = "UNSIGNED-PAYLOAD is S3's word: signed for another service it would leave the body to anybody."
    yield wrong("unsigned-payload-word", why, "D", sign(t, form, content="UNSIGNED-PAYLOAD"))
    yield wrong("unsigned-payload-word-other-body", "The same with another body under the same signature.", "D", sign(t, form, content="UNSIGNED-PAYLOAD", after=tampered))
    yield wrong("path-encoded-once", "The signer escaped the path once, as for S3.", "I", sign(t, Wire(target="/a%20b"), canonical=lambda c: c.replace("%2520", "%20", 1)))
    yield wrong("path-not-normalized", "The signer kept the dot segments.", "I", sign(t, Wire(target="/a/../b"), canonical=lambda c: c.replace("\n/b\n", "\n/a/../b\n", 1)))
    yield wrong("query-joined-sort", "The signer sorted the joined texts.", "D", sign(t, Wire(target="/?a-b=1&a=9"), canonical=lambda c: c.replace("a=9&a-b=1", "a-b=1&a=9")))
    yield wrong("method", "POST signed, PUT sent.", "D", sign(t, form, after=lambda w: replace(w, method="PUT")))
    note = Wire(headers=[("X-Amz-Note", "a b")])
    yield wrong("header-changed", "A signed header changed.", "D", sign(t, note, after=lambda w: w.changed("x-amz-note", "c")))
    yield wrong("header-removed", "A signed header removed.", "D", sign(t, note, after=lambda w: w.without("x-amz-note")))
    yield wrong("tab-kept", "The signer kept a tab.", "D", sign(t, Wire(headers=[("X-Amz-Note", "a\tb")]), canonical=lambda c: c.replace("a b", "a\tb")))
    yield wrong("host", "Signed for another host.", "I", sign(t, Wire(headers=[("Host", "front.example")]), after=lambda w: w.changed("host", t.host)))
    skipped = lambda c: c.replace("x-amz-note:\n", "", 1)
    yield wrong("absent-header-skipped", "A header is signed that was never sent, and the signer left out its line.", "D", listing(t, signed=["host", "x-amz-date", "x-amz-note"], canonical=skipped))
    yield wrong("key-of-yesterday", "The signing key of yesterday.", "D", listing(t, key_scope=(basic(t.at(-86400))[:8], t.region, t.service, "aws4_request")))


def orders(t):
    order = maker("order")
    late = basic(t.at(-1200))
    secret = dict(secret="another secret EXAMPLE")
    limit = basic(t.at(-900))
    expired = mismatch("not-expired", f"Signature expired: {late} is now earlier than {limit} ({basic(t.now)} - 15 min.)")
    yield order("query-before-mechanism", "A broken query, and no credentials.", "D", Wire(target="/?a=%zz", headers=[("Host", t.host)]), standard("query-string", 404, "MalformedQueryString", "Illegal hex character in escape % pattern: %zz"))
    yield order("path-before-query", "A broken path and a broken query.", "D", sign(t, Wire(target="/%zz?a=%zz")), refused(STANDARD, "path", 400, "", ""))
    yield order("host-before-date", "The host is not signed, and the date is none.", "D", listing(t, signed=["x-amz-date"], date="yesterday", scope_date=basic(t.now)[:8]), HOST)
    yield order("clock-before-credential", "Late, and the credential is malformed.", "D", listing(t, date=late, credential="none"), expired)
    yield order("clock-before-scope", "Late, and of another region.", "D", listing(t, date=late, region="ap-south-2"), expired)
    yield order("clock-before-access-key", "Late, and of an unknown access key ID.", "D", listing(t, date=late, akid="AKIDEXAMPLEUNKNOWN"), expired)
    yield order("clock-before-signature", "Late, and the signature is wrong.", "D", listing(t, date=late, **secret), expired)
    yield order("scope-before-access-key", "Another region and an unknown access key ID.", "D", listing(t, region="ap-south-2", akid="AKIDEXAMPLEUNKNOWN"), wrong_scope(region_text("ap-south-2")))
    yield order("access-key-before-signature", "An unknown access key ID and a wrong signature.", "D", listing(t, akid="AKIDEXAMPLEUNKNOWN", **secret), UNKNOWN)
    wire = listing(t, authorization=lambda v: v.split(", Signature")[0], signed=["x-amz-date"])
    yield order("parts-before-host", "No signature, and the host is not signed.", "D", wire, requires(wire, "Signature"))
