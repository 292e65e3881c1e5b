"""An independent signer for the corpus: Python's hashlib and hmac, nothing of Countersign.

Text is byte strings all over: one character per byte, so that bytes that are no UTF-8 survive.
It signs what goes on the wire, and it can be told to make any mistake a signer makes.
"""

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from urllib.parse import quote, unquote_to_bytes

UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
EMPTY_HASH = hashlib.sha256(b"").hexdigest()


def octets(text):
    return text.encode("latin-1")


def latin(data):
    return data.decode("latin-1")


def utf8(text):
    """A Unicode text as the byte string of its UTF-8."""
    return latin(text.encode("utf-8"))


def sha256_hex(text):
    return hashlib.sha256(octets(text) if isinstance(text, str) else text).hexdigest()


def basic(moment):
    return moment.strftime("%Y%m%dT%H%M%SZ")


def extended(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def escaped(text, keep=""):
    return "".join(c if c in UNRESERVED or c in keep else "%%%02X" % ord(c) for c in text)


def unescaped(text):
    return latin(unquote_to_bytes(octets(text)))


@dataclass
class Wire:
    """A request as it goes over the line. Header values stand exactly as written after the colon and one space."""

    method: str = "GET"
    target: str = "/"
    headers: list = field(default_factory=list)
    body: bytes = b""

    def head(self):
        lines = [f"{self.method} {self.target} HTTP/1.1"] + [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join(lines) + "\r\n\r\n"

    def values(self, name):
        return [value for given, value in self.headers if given.lower() == name]

    def with_header(self, name, value):
        return replace(self, headers=self.headers + [(name, value)])

    def without(self, name):
        return replace(self, headers=[one for one in self.headers if one[0].lower() != name])

    def changed(self, name, value):
        return replace(self, headers=[(n, value if n.lower() == name else v) for n, v in self.headers])


@dataclass(frozen=True)
class Target:
    """Whom a request is for: the stored corpus has one, each live server another."""

    host: str
    region: str
    service: str
    access_key_id: str
    secret: str
    bucket: str
    key: str
    now: datetime
    token: str = ""

    @property
    def path(self):
        return f"/{self.bucket}/{self.key}"

    def at(self, seconds):
        return self.now + timedelta(seconds=seconds)


def path_of(target):
    return target.split("?", 1)[0] or "/"


def query_of(target):
    return target.split("?", 1)[1] if "?" in target else ""


def parameters(query):
    """Decoded names and values in the order sent; a plus is a blank, as on AWS."""
    pairs = [piece.split("=", 1) + [""] for piece in query.split("&") if piece != ""]
    return [(unescaped(pair[0].replace("+", " ")), unescaped(pair[1].replace("+", " "))) for pair in pairs]


def canonical_query(query):
    pairs = [(escaped(n), escaped(v)) for n, v in parameters(query) if n != "X-Amz-Signature"]
    return "&".join(f"{n}={v}" for n, v in sorted(pairs))


def canonical_path(path, service):
    if service == "s3":
        return "/".join(escaped(unescaped(segment)) for segment in path.split("/"))
    kept = []
    for segment in path.split("/"):
        if segment == "..":
            kept = kept[:-1]
        elif segment not in ("", "."):
            kept.append(segment)
    closing = "/" if kept and path.rsplit("/", 1)[-1] in ("", ".", "..") else ""
    return escaped("/" + "/".join(kept) + closing, "/")


def canonical_headers(wire, names):
    """One line per name. A repeated header's values are joined; one that is absent has the empty value."""
    lines = [f"{name}:{','.join(' '.join(value.split()) for value in wire.values(name))}\n" for name in names]
    return "".join(lines)


def canonical_request(wire, names, payload, service):
    return "\n".join(
        [
            wire.method,
            canonical_path(path_of(wire.target), service),
            canonical_query(query_of(wire.target)),
            canonical_headers(wire, names),
            ";".join(names),
            payload,
        ]
    )


def signing_key(secret, date, region, service, terminator="aws4_request"):
    key = octets("AWS4" + secret)
    for part in (date, region, service, terminator):
        key = hmac.new(key, octets(part), hashlib.sha256).digest()
    return key


def mac(key, text):
    return hmac.new(key, octets(text), hashlib.sha256).hexdigest()


def string_to_sign(algorithm, date, scope, canonical):
    return "\n".join([algorithm, date, scope, sha256_hex(canonical)])


ALGORITHM = "AWS4-HMAC-SHA256"


def sign(t, wire=None, **how):
    """A signed request for the target `t`. What is wrong with it is said in `how`:

    by          "header" or "query"
    akid, secret, region, service, terminator, scope_date, algorithm: other than the target's
    date        the request date as written; "" for none      date_name  the header it stands in
    sts_date    the date in the string to sign, where it is not the one written
    signed      the names in SignedHeaders; default host and every x-amz-* header
    unsigned    names left out of the default
    content     x-amz-content-sha256; None for none            payload    the last line of the canonical request
    expires     X-Amz-Expires as written
    canonical, signature, authorization, query: a function that alters that text
    key_scope   (date, region, service, terminator) of the signing key, where they are not those of the scope
    after       a function of the signed request: what happened to it on its way
    """
    wire = wire or Wire(target=t.path)
    by = how.get("by", "header")
    service = how.get("service", t.service)
    region = how.get("region", t.region)
    terminator = how.get("terminator", "aws4_request")
    date = how.get("date", basic(t.now))
    scope_date = how.get("scope_date", (how.get("sts_date") or date or basic(t.now))[:8])
    scope = "/".join([scope_date, region, service, terminator])
    credential = how.get("credential", f"{how.get('akid', t.access_key_id)}/{scope}")
    algorithm = how.get("algorithm", ALGORITHM)
    body_hash = sha256_hex(wire.body)
    rules = how.get("rules", t.service)
    headers = list(wire.headers)
    if not any(name.lower() == "host" for name, _ in headers):
        headers.insert(0, ("Host", t.host))
    if by == "header":
        if date:
            headers.append((how.get("date_name", "X-Amz-Date"), date))
        content = how.get("content", body_hash if rules == "s3" else None)
        if content is not None:
            headers.append(("X-Amz-Content-Sha256", content))
        payload = how.get("payload", content if content is not None else body_hash)
        if t.token and how.get("token", t.token):
            headers.append(("X-Amz-Security-Token", how.get("token", t.token)))
    else:
        payload = how.get("payload", "UNSIGNED-PAYLOAD" if rules == "s3" else body_hash)
    if wire.body or wire.method in ("PUT", "POST"):
        headers.append(("Content-Length", str(len(wire.body))))
    wire = replace(wire, headers=headers)
    must = sorted({n.lower() for n, _ in headers if n.lower() == "host" or n.lower().startswith("x-amz-")})
    if how.get("date_name", "").lower() == "date":
        must = sorted(must + ["date"])
    names = how.get("signed", [name for name in must if name not in how.get("unsigned", ())])
    if by == "query":
        given = [
            ("X-Amz-Algorithm", algorithm),
            ("X-Amz-Credential", credential),
            ("X-Amz-Date", date),
            ("X-Amz-Expires", how.get("expires", "300")),
            ("X-Amz-SignedHeaders", ";".join(names)),
        ]
        if t.token and how.get("token", t.token):
            given.append(("X-Amz-Security-Token", how.get("token", t.token)))
        query = "&".join(f"{n}={escaped(v)}" for n, v in given)
        query = how.get("query", lambda text: text)(query)
        before = query_of(wire.target)
        wire = replace(wire, target=path_of(wire.target) + "?" + (before + "&" if before else "") + query)
    canonical = how.get("canonical", lambda text: text)(canonical_request(wire, names, payload, rules))
    text = string_to_sign(algorithm, how.get("sts_date", date), scope, canonical)
    key = signing_key(how.get("secret", t.secret), *how.get("key_scope", (scope_date, region, service, terminator)))
    signature = how.get("signature", lambda one: one)(mac(key, text))
    if by == "query":
        wire = replace(wire, target=f"{wire.target}&X-Amz-Signature={escaped(signature)}")
    else:
        value = f"{algorithm} Credential={credential}, SignedHeaders={';'.join(names)}, Signature={signature}"
        wire = wire.with_header("Authorization", how.get("authorization", lambda one: one)(value))
    return how.get("after", lambda one: one)(wire)


def presign(t, wire=None, **how):
    return sign(t, wire, by="query", **how)
