"""What AWS answers: codes, texts, statuses, extra elements, and the number of the check that speaks.

The order of the checks is written down here a second time on purpose: the corpus is what the order is held to.
"""

import base64
import hashlib
from datetime import datetime, timedelta, timezone

from signer import canonical_request, extended, octets, parameters, query_of, sha256_hex, string_to_sign

S3_HEADER = """mechanism request-date clock algorithm authorization-header credential-parts service terminator scope-date-format
region scope-date session-token access-key content-sha256 headers-signed signature unexpected-token payload""".split()
S3_QUERY = """mechanism algorithm authorization-query credential-parts service terminator scope-date-format region request-date
expires clock scope-date session-token access-key content-sha256 headers-signed signature unexpected-token payload""".split()
STANDARD = """path method content-type query-string mechanism authorization-header authorization-query host-signed request-date
not-expired not-early credential-parts scope session-token access-key signature""".split()

ACCEPTED = {"accepted": True}


def refused(order, check, status, code, message, *extra):
    numbered = {"id": check, "number": order.index(check) + 1, "of": len(order)}
    return {"accepted": False, "status": status, "code": code, "message": message, "extra": [list(e) for e in extra], "check": numbered}


# Amazon S3

def s3_argument(check, message, name, value, order=S3_HEADER):
    return refused(order, check, 400, "InvalidArgument", message, ("ArgumentName", name), ("ArgumentValue", value))


def s3_request(check, message, order=S3_HEADER):
    return refused(order, check, 400, "InvalidRequest", message)


def s3_denied(check, message, *extra, order=S3_HEADER):
    return refused(order, check, 403, "AccessDenied", message, *extra)


def s3_header(check, text, *extra):
    return refused(S3_HEADER, check, 400, "AuthorizationHeaderMalformed", f"The authorization header is malformed; {text}", *extra)


def s3_query(check, text, *extra):
    return refused(S3_QUERY, check, 400, "AuthorizationQueryParametersError", text, *extra)


def s3_credential(by, check, text, *extra):
    if by == "header":
        return s3_header(check, text, *extra)
    return s3_query(check, f"Error parsing the X-Amz-Credential parameter; {text}", *extra)


MALFORMED = 'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".'
ONE_SPACE = "Authorization header is invalid -- one and only one ' ' (space) required"
NO_KEY = "a non-empty Access Key (AKID) must be provided in the credential."
ONLY_ONE = (
    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter "
    "or the Authorization header should be specified"
)
SIX = (
    "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, "
    "X-Amz-SignedHeaders, and X-Amz-Expires parameters."
)
NO_DATE = "AWS authentication requires a valid Date or x-amz-date header"
ALGORITHMS = 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"'
V4_ONLY = "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."
WEEK = "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds"
CONTENT_SHA256 = (
    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, "
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, "
    "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value."
)


def order_of(by):
    return S3_HEADER if by == "header" else S3_QUERY


def s3_skewed(t, requested):
    return refused(
        S3_HEADER, "clock", 403, "RequestTimeTooSkewed",
        "The difference between the request time and the current time is too large.",
        ("RequestTime", requested), ("ServerTime", extended(t.now)), ("MaxAllowedSkewMilliseconds", "900000"),
    )


def s3_expired(t, expires, end):
    extra = (("X-Amz-Expires", expires), ("Expires", extended(end)), ("ServerTime", extended(t.now)))
    return s3_denied("clock", "Request has expired", *extra, order=S3_QUERY)


def s3_early(t, date, expires):
    dated = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    end = dated + timedelta(seconds=int(expires))
    extra = (("X-Amz-Date", str(int(dated.timestamp()) * 1000)), ("Expires", extended(end)), ("ServerTime", extended(t.now)))
    return s3_denied("clock", "Request is not yet valid", *extra, order=S3_QUERY)


def s3_unknown_key(akid, by="header"):
    text = "The AWS Access Key Id you provided does not exist in our records."
    return refused(order_of(by), "access-key", 403, "InvalidAccessKeyId", text, ("AWSAccessKeyId", akid))


def s3_unsigned(names, by="header"):
    text = "There were headers present in the request which were not signed"
    return s3_denied("headers-signed", text, ("HeadersNotSigned", names), order=order_of(by))


def s3_payload(claimed, body):
    return refused(
        S3_HEADER, "payload", 400, "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
        ("ClientComputedContentSHA256", claimed), ("S3ComputedContentSHA256", sha256_hex(body)),
    )


def spaced(text):
    return " ".join("%02x" % byte for byte in octets(text))


def parts_of(wire):
    """Credential, signed headers, signature, date and algorithm as they arrived, and by which way."""
    given = dict(reversed(parameters(query_of(wire.target))))
    header = wire.values("authorization")
    if header:
        algorithm, rest = header[0].split(" ", 1)
        named = dict(part.strip().split("=", 1) for part in rest.split(","))
        date = (wire.values("x-amz-date") + wire.values("date"))[0]
        return "header", algorithm, named["Credential"], named["SignedHeaders"], named["Signature"], date
    return ("query",) + tuple(given["X-Amz-" + one] for one in ("Algorithm", "Credential", "SignedHeaders", "Signature", "Date"))


def s3_mismatch(wire, payload=None, piece=None):
    """SignatureDoesNotMatch with the verifier's own two strings: those of the request as it arrived.

    `piece`: string to sign and signature of the chunk, or of the trailing headers, that are wrong.
    """
    by, algorithm, credential, names, signature, date = parts_of(wire)
    claimed = wire.values("x-amz-content-sha256")
    if payload is None:
        payload = claimed[0] if claimed else "UNSIGNED-PAYLOAD"
    canonical = canonical_request(wire, sorted(names.lower().split(";")), payload, "s3")
    akid, scope = credential.split("/", 1)
    text, signature = piece or (string_to_sign(algorithm, date, scope, canonical), signature)
    return refused(
        order_of(by), "signature", 403, "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        ("AWSAccessKeyId", akid), ("StringToSign", text), ("SignatureProvided", signature), ("StringToSignBytes", spaced(text)),
        ("CanonicalRequest", canonical), ("CanonicalRequestBytes", spaced(canonical)),
    )


# All other services

def standard(check, status, code, message):
    return refused(STANDARD, check, status, code, message)


def mismatch(check, message):
    return standard(check, 403, "SignatureDoesNotMatch", message)


def incomplete(check, message):
    return standard(check, 400, "IncompleteSignature", message)


NO_TOKEN = standard("mechanism", 403, "MissingAuthenticationToken", "Request is missing Authentication Token")
CALCULATED = mismatch(
    "signature",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and "
    "signing method. Consult the service documentation for details.",
)
HOST = mismatch("host-signed", "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
UNKNOWN = standard("access-key", 403, "InvalidClientTokenId", "The security token included in the request is invalid.")


def hashed(authorization):
    return base64.b64encode(hashlib.sha256(octets(authorization)).digest()).decode()


def requires(wire, *parts):
    value = wire.values("authorization")[0]
    texts = [f"Authorization header requires '{part}' parameter." for part in parts if part != "date"]
    if "date" in parts:
        texts.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
    ending = f"(Hashed with SHA-256 and encoded with Base64) Authorization={hashed(value)}"
    return incomplete("authorization-header", " ".join(texts + [ending]))


def no_equals(wire):
    where = "Authorization header (hashed with SHA-256 and encoded with Base64)"
    text = f"Invalid key=value pair (missing equal-sign) in {where}: '{hashed(wire.values('authorization')[0])}'."
    return incomplete("authorization-header", text)


def must_include(*names):
    texts = [f"AWS query-string parameters must include 'X-Amz-{name}'." for name in names]
    return incomplete("authorization-query", " ".join(texts + ["Re-examine the query-string parameters."]))


def wrong_scope(*texts):
    return mismatch("scope", " ".join(texts))


def region_text(region):
    return f"Credential should be scoped to a valid region, not '{region}'."


def service_text(service):
    return f"Credential should be scoped to correct service: '{service}'."


def terminator_text(terminator):
    return f"Credential should be scoped with a valid terminator: 'aws4_request', not '{terminator}'."


def scope_date_text(scope_date, date):
    return (
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
        f"'{scope_date}' != '{date[:8]}', from '{date}'."
    )
