"""Writes corpus/*.json; with --live, prints the S3 cases for a server that runs here.

    python3 suites/differential/make-corpus.py                  writes the corpus
    python3 suites/differential/make-corpus.py --check          says whether the corpus in the folder is what it would write
    python3 suites/differential/make-corpus.py --live           reads from standard input whom the requests are for: {"host": "127.0.0.1:9000",
                                                         "region", "accessKeyId", "secretAccessKey", "bucket", "key", "now": "2026-03-14T15:09:26Z"}
"""

import base64
import json
import sys
from datetime import datetime, timezone
from pathlib import Path

from recipes import chunks, digests, form, s3_header_bad, s3_header_good, s3_query, standard, tokens, v4a
from signer import Target, Wire, sign

HERE = Path(__file__).parent.parent.parent / "corpus"
ID, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
NOW = datetime(2026, 3, 14, 15, 9, 26, tzinfo=timezone.utc)
S3 = Target("s3.us-east-1.amazonaws.com", "us-east-1", "s3", ID, SECRET, "examplebucket", "photos/one.txt", NOW)
IAM = Target("iam.amazonaws.com", "us-east-1", "iam", ID, SECRET, "", "", NOW)

FILES = {
    "s3-header-good": (S3, lambda: s3_header_good.recipes(S3)),
    "s3-header-bad": (S3, lambda: s3_header_bad.recipes(S3)),
    "s3-presigned": (S3, lambda: s3_query.recipes(S3)),
    "s3-chunks": (S3, lambda: chunks.recipes(S3)),
    "s3-digests": (S3, lambda: digests.recipes(S3)),
    "s3-form": (S3, lambda: form.recipes(S3)),
    "standard": (IAM, lambda: standard.recipes(IAM)),
}


def entry(t, case):
    known = dict(case.known)
    credential = {"accessKeyId": t.access_key_id, "secretAccessKey": t.secret}
    if "token" in known:
        credential["sessionToken"] = known["token"]
    if known.get("expired"):
        credential["expired"] = True
    request = {"head": case.wire.head()}
    if case.wire.body:
        request["bodyBase64"] = base64.b64encode(case.wire.body).decode()
    return {
        "name": case.name,
        "why": case.why,
        "source": case.source,
        "clock": t.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verifier": {"service": known.get("service", t.service), "region": t.region},
        "credentials": [credential],
        "request": request,
        "expected": case.expected,
    }


def text_of(cases):
    # One entry a line: a change shows as one line, and a reader in any language can go line by line.
    return "[\n" + ",\n".join(json.dumps(one) for one in cases) + "\n]\n"


def corpus():
    files = {name: [entry(t, case) for case in make()] for name, (t, make) in FILES.items()}
    for name, make in (("tokens", tokens.recipes), ("sigv4a", v4a.recipes)):
        files[name] = [entry(S3 if case.name.startswith("s3") else IAM, case) for case in make(S3, IAM)]
    names = [case["name"] for cases in files.values() for case in cases]
    assert len(names) == len(set(names)), [name for name in names if names.count(name) > 1]
    return files


def live(given):
    now = datetime.strptime(given["now"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    t = Target(given["host"], given["region"], "s3", given["accessKeyId"], given["secretAccessKey"], given["bucket"], given["key"], now)
    made = [s3_header_good, s3_header_bad, s3_query, chunks, digests, form]
    cases = [case for recipe in made for case in recipe.recipes(t)]
    # What is there before any case: a bucket, and an object in it.
    setup = [sign(t, Wire("PUT", f"/{t.bucket}")), sign(t, Wire("PUT", t.path, [], b"hello world\n"))]
    heads = [{"head": wire.head(), "bodyBase64": base64.b64encode(wire.body).decode()} for wire in setup]
    print(json.dumps({"setup": heads, "cases": [entry(t, case) for case in cases if case.live]}))


def main(arguments):
    if arguments[:1] == ["--live"]:
        return live(json.load(sys.stdin))
    stale = []
    for name, cases in corpus().items():
        file, text = HERE / f"{name}.json", text_of(cases)
        if "--check" in arguments:
            if not file.exists() or file.read_text() != text:
                stale.append(file.name)
        else:
            file.write_text(text)
            print(f"{len(cases):4d}  {file.name}")
    if stale:
        sys.exit(f"not what the recipes make: {', '.join(stale)}; run python3 suites/differential/make-corpus.py")


main(sys.argv[1:])
