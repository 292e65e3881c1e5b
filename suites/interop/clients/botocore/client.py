"""botocore's signer alone: request bytes as written here, sent by http.client, which changes nothing."""

import http.client
import os
import re
import urllib.parse

from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from things import bucket, endpoint, keys, queries, region, run, same, say, step

credentials = Credentials(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])


def send(service, method, target, body=b"", headers=None):
    request = AWSRequest(method=method, url=endpoint + target, data=body, headers=headers or {})
    (S3SigV4Auth if service == "s3" else SigV4Auth)(credentials, service, region).add_auth(request)
    prepared = request.prepare()
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(endpoint).netloc, timeout=30)
    connection.request(method, target, body, dict(prepared.headers))
    answer = connection.getresponse()
    text = answer.read()
    if answer.status >= 300:
        code = re.search(rb"<Code>(\w+)", text)
        raise ValueError(f"{answer.status} {code[1].decode() if code else ''} {text[:200].decode(errors='replace')}")
    return text


def path_of(key):
    return f"/{bucket}/" + urllib.parse.quote(key, safe="/-_.~")


def there_and_back(key):
    send("s3", "PUT", path_of(key), key.encode())
    same(send("s3", "GET", path_of(key)), key.encode())


def presigned(key):
    request = AWSRequest(method="GET", url=endpoint + path_of(key))
    S3SigV4QueryAuth(credentials, "s3", region, expires=300).add_auth(request)
    return request.url


def everything():
    step("buckets", bucket, lambda: send("s3", "PUT", f"/{bucket}"))
    for key in keys:
        step("keys", key, lambda: there_and_back(key))
        say("presigned", key, presigned(key))
    for query in queries:
        step("queries", f"s3 ?{query}", lambda: send("s3", "GET", f"/{bucket}?{query}"))
        step("queries", f"execute-api ?{query}", lambda: send("execute-api", "GET", f"/prod/a%20b?{query}"))
    step("sts", "GetCallerIdentity", sts)


def sts():
    form = {"content-type": "application/x-www-form-urlencoded"}
    send("sts", "POST", "/", b"Action=GetCallerIdentity&Version=2011-06-15", form)


run(
    everything,
    {
        "s3": lambda: send("s3", "PUT", path_of("one.txt"), b"one"),
        "sts": sts,
        "execute-api": lambda: send("execute-api", "GET", "/prod/a%20b?x=1"),
    },
)
