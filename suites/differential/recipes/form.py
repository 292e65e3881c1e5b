"""Amazon S3, a browser's upload: a form whose policy is signed."""

import base64
import json

from recipes import Case
from signer import Wire, basic, extended, mac, octets, sign, signing_key
from words import ACCEPTED, CONTENT_SHA256, MALFORMED, NO_KEY, S3_HEADER, refused, spaced

FORM = """mechanism form-fields algorithm request-date credential-parts service terminator scope-date-format region session-token access-key
signature unexpected-token policy-document policy-expired policy-conditions extra-fields""".split()
BOUNDARY = "----corpusboundary"


def form(t, conditions=None, expiration=None, document=None, policy=None, fields=(), drop=(), file=b"hello form\n", name="note.txt", **how):
    """A form: policy and signature made as asked, `fields` changed or added after signing, `drop` left out."""
    date = how.get("date", basic(t.now))
    scope_date = how.get("scope_date", basic(t.now)[:8])
    region, service, terminator = how.get("region", t.region), how.get("service", "s3"), how.get("terminator", "aws4_request")
    credential = how.get("credential", f"{how.get('akid', t.access_key_id)}/{scope_date}/{region}/{service}/{terminator}")
    own = {"x-amz-algorithm": how.get("algorithm", "AWS4-HMAC-SHA256"), "x-amz-credential": credential, "x-amz-date": date}
    key = how.get("key", "forms/${filename}")
    if conditions is None:
        conditions = [{"bucket": t.bucket}, ["starts-with", "$key", "forms/"]]
    if document is None:
        document = {"expiration": expiration or extended(t.at(3600)), "conditions": [*conditions, *({n: v} for n, v in own.items())]}
    if policy is None:
        text = document if isinstance(document, str) else json.dumps(document)
        policy = base64.b64encode(text.encode()).decode()
    signature = mac(signing_key(how.get("secret", t.secret), scope_date, region, service, terminator), policy)
    all_fields = {"key": key, **own, "policy": policy, "x-amz-signature": how.get("signature", lambda s: s)(signature), **dict(fields)}
    parts = [part(n, v) for n, v in all_fields.items() if n not in drop]
    parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'.encode() + file + b"\r\n")
    body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    headers = [("Host", t.host), ("Content-Type", f"multipart/form-data; boundary={BOUNDARY}"), ("Content-Length", str(len(body)))]
    wire = Wire("POST", f"/{t.bucket}", headers, body)
    wire.fields = all_fields
    return wire


def part(name, value):
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + octets(value) + b"\r\n"


def argument(check, message, name, value, *extra):
    return refused(FORM, check, 400, "InvalidArgument", message, ("ArgumentName", name), ("ArgumentValue", value), *extra)


def denied(check, message):
    return refused(FORM, check, 403, "AccessDenied", f"Invalid according to Policy: {message}")


def invalid(fault):
    return refused(FORM, "policy-document", 400, "InvalidPolicyDocument", f"Invalid Policy: {fault}")


def mismatch(wire):
    fields = wire.fields
    return refused(
        FORM, "signature", 403, "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        ("AWSAccessKeyId", fields["x-amz-credential"].split("/")[0]), ("StringToSign", fields["policy"]),
        ("SignatureProvided", fields["x-amz-signature"]), ("StringToSignBytes", spaced(fields["policy"])),
    )


def recipes(t):
    yield from goods(t)
    yield from fields(t)
    yield from policies(t)


def case(name, why, source, wire, expected):
    return Case(f"s3-form-{name}", why, source, wire, expected)


def goods(t):
    def good(name, why, wire):
        return case(f"good-{name}", why, "VA", wire, ACCEPTED)

    base = [{"bucket": t.bucket}, ["starts-with", "$key", "forms/"]]
    yield good("plain", "A form as AWS's example has it.", form(t))
    yield good("content-length-range", "The file is as long as the policy allows.", form(t, [*base, ["content-length-range", 1, 100]]))
    yield good("starts-with-anything", "starts-with nothing allows any value.", form(t, [*base, ["starts-with", "$acl", ""]], fields={"acl": "private"}))
    yield good("names-in-upper-case", "The names of fields and conditions have no case.", form(t, [{"bucket": t.bucket}, ["starts-with", "$Key", "forms/"]]))
    yield good("ignored-field", "Fields that begin with x-ignore- need no condition.", form(t, fields={"x-ignore-me": "1"}))
    yield good("exact-key", "An exact match by eq.", form(t, [{"bucket": t.bucket}, ["eq", "$key", "forms/exact.txt"]], key="forms/exact.txt"))


def fields(t):
    def bad(name, why, wire, expected, source="V"):
        return case(f"bad-{name}", why, source, wire, expected)

    date = basic(t.now)[:8]
    for name in ("key", "policy", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature"):
        if name == "x-amz-algorithm":
            continue
        text = f"Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields."
        yield bad(f"no-{name}", f"The field {name} is absent.", form(t, drop=(name,)), argument("form-fields", text, name, ""))
    own = ("policy", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature")
    yield bad("anonymous", "Likely: a form with a key and a file, and nobody's signature.", form(t, drop=own), refused(FORM, "mechanism", 403, "AccessDenied", "Access Denied"))
    condition = ("Condition", "Bucket POST must be of the enclosure-type multipart/form-data")
    not_multipart = refused(FORM, "mechanism", 412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", condition)
    plain = Wire("POST", f"/{t.bucket}", [("Host", t.host), ("Content-Type", "text/plain"), ("Content-Length", "5")], b"hello")
    yield bad("no-form", "A POST to a bucket that is no form, and not signed.", plain, not_multipart, "AI")
    signed = sign(t, Wire("POST", f"/{t.bucket}", form(t).headers[:2], form(t).body))
    hashed = refused(S3_HEADER, "content-sha256", 400, "InvalidArgument", CONTENT_SHA256, ("ArgumentName", "x-amz-content-sha256"))
    yield bad("signed-in-header", "A form whose request is signed in its header, and rightly: S3 takes no payload hash of a form. Which sentence it says is not known.", signed, hashed, "A")
    yield bad("algorithm", "An algorithm that is not spoken.", form(t, algorithm="AWS4-HMAC-SHA512"), argument("algorithm", "Only AWS4-HMAC-SHA256 is supported", "X-Amz-Algorithm", "AWS4-HMAC-SHA512"))
    yield bad("date", "A date that is none.", form(t, date="yesterday"), argument("request-date", "X-Amz-Date must be formated via ISO8601 Long format", "X-Amz-Date", "yesterday"))

    def credential(check, text, value, *extra):
        return argument(check, text, "X-Amz-Credential", value, *extra)

    scope = f"{t.access_key_id}/{date}/{t.region}"
    yield bad("credential-four-parts", "No terminator.", form(t, credential=f"{scope}/s3"), credential("credential-parts", MALFORMED, f"{scope}/s3"))
    yield bad("service", "The scope of another service.", form(t, service="iam"), credential("service", 'incorrect service "iam". This endpoint belongs to "s3".', f"{scope}/iam/aws4_request"))
    yield bad("terminator", "Another terminator.", form(t, terminator="aws3_request"), credential("terminator", 'incorrect terminal "aws3_request". This endpoint uses "aws4_request".', f"{scope}/s3/aws3_request"))
    other = f"{t.access_key_id}/{date}/ap-south-2/s3/aws4_request"
    yield bad("region", "Another region.", form(t, region="ap-south-2"), credential("region", f"the region 'ap-south-2' is wrong; expecting '{t.region}'", other, ("Region", t.region)))
    nobody = f"/{date}/{t.region}/s3/aws4_request"
    yield bad("credential-no-key", "The credential begins with its slash.", form(t, akid=""), credential("credential-parts", NO_KEY, nobody), "AI")
    unknown = refused(FORM, "access-key", 403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", ("AWSAccessKeyId", "AKIDEXAMPLEUNKNOWN"))
    yield bad("access-key", "An access key ID that nobody has.", form(t, akid="AKIDEXAMPLEUNKNOWN"), unknown)
    wire = form(t, secret="another secret EXAMPLE")
    yield case("mismatch-secret", "Another secret.", "V", wire, mismatch(wire))
    for name, change, why in (("upper-case", str.upper, "The signature in upper case."), ("truncated", lambda s: s[:-1], "The signature without its last digit.")):
        wire = form(t, signature=change)
        yield case(f"mismatch-{name}", why, "V", wire, mismatch(wire))
    looser = base64.b64encode(json.dumps({"expiration": "2099-01-01T00:00:00Z", "conditions": []}).encode()).decode()
    wire = form(t, fields={"policy": looser})
    yield case("mismatch-policy", "The policy was replaced by a looser one.", "V", wire, mismatch(wire))


def policies(t):
    def bad(name, why, wire, expected, source="V"):
        return case(f"bad-policy-{name}", why, source, wire, expected)

    far = extended(t.at(3600))
    for name, why, document, fault in (
        ("no-json", "The policy is no JSON.", "not json", "Invalid JSON."),
        ("unknown-member", "A member besides expiration and conditions.", {"expiration": far, "conditions": [], "note": 1}, 'Unexpected: "note"'),
        ("no-expiration", "No expiration.", {"conditions": []}, "Policy missing expiration."),
        ("expiration-word", "An expiration that is no date.", {"expiration": "soon", "conditions": []}, "Invalid 'expiration' value: 'soon'"),
        ("no-conditions", "No conditions.", {"expiration": far}, "Policy missing conditions."),
        ("no-condition", "A list of no conditions; which sentence S3 says is not known.", {"expiration": far, "conditions": []}, "Policy missing conditions."),
        ("condition-null", "A simple condition whose value is null.", {"expiration": far, "conditions": [{"acl": None}]}, "Invalid JSON."),
        ("condition-fraction", "A length with a fraction.", {"expiration": far, "conditions": [["content-length-range", 0, 512.5]]}, "Invalid JSON."),
        ("conditions-object", "Conditions that are no list.", {"expiration": far, "conditions": {}}, "Invalid 'conditions' value: must be a List."),
        ("condition-text", "A condition that is a text.", {"expiration": far, "conditions": ["key"]}, "Invalid condition test: must be a List or Object."),
        ("condition-empty-list", "A condition that is an empty list.", {"expiration": far, "conditions": [[]]}, "Invalid Condition: missing operation identifier."),
        ("condition-unknown", "An operation that is not known.", {"expiration": far, "conditions": [["ends-with", "$key", "x"]]}, "Invalid Condition: unknown operation 'ends-with'."),
        ("condition-two", "An eq with one argument.", {"expiration": far, "conditions": [["eq", "$key"]]}, "Invalid Eq: wrong number of arguments."),
        ("condition-properties", "A simple condition of two properties.", {"expiration": far, "conditions": [{"a": "1", "b": "2"}]}, "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified."),
        ("condition-number", "A simple condition whose value is a number.", {"expiration": far, "conditions": [{"acl": 1}]}, "Invalid Simple-Condition: value must be a string."),
    ):
        yield bad(name, why, form(t, document=document), invalid(fault))
    yield bad("no-base64", "The policy is no base64.", form(t, policy="%%%"), invalid("invalid Base64 encoding."))
    expired = form(t, expiration=extended(t.at(-60)))
    yield bad("expired", "The policy expired a minute ago.", expired, denied("policy-expired", "Policy expired."))
    yield bad("condition-key", "The key does not begin as the policy asks.", form(t, key="other/note.txt"), denied("policy-conditions", 'Policy Condition failed: ["starts-with", "$key", "forms/"]'))
    yield bad("condition-bucket", "The policy is for another bucket.", form(t, [{"bucket": "other-bucket"}, ["starts-with", "$key", ""]]), denied("policy-conditions", 'Policy Condition failed: ["eq", "$bucket", "other-bucket"]'))
    yield bad("extra-field", "A field that no condition names.", form(t, fields={"acl": "public-read"}), denied("extra-fields", "Extra input fields: acl"))
    base = [{"bucket": t.bucket}, ["starts-with", "$key", "forms/"]]
    yield bad("acl", "A field that differs from what its condition asks.", form(t, [*base, {"acl": "private"}], fields={"acl": "public-read"}), denied("policy-conditions", 'Policy Condition failed: ["eq", "$acl", "private"]'))
    both = form(t, expiration=extended(t.at(-60)), secret="another secret EXAMPLE")
    yield case("order-signature-before-policy", "Expired, and signed with another secret: the signature is judged first.", "V", both, mismatch(both))
    both = form(t, expiration=extended(t.at(-60)), key="other/note.txt")
    yield case("order-expired-before-conditions", "Expired, and a condition fails.", "V", both, denied("policy-expired", "Policy expired."))
    too_large = refused(FORM, "policy-conditions", 400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", ("ProposedSize", "11"), ("MaxSizeAllowed", "5"))
    yield bad("content-length-range", "The file is longer than the policy allows.", form(t, [*base, ["content-length-range", 1, 5]]), too_large, "B")
