"""Says what it can sign and send; does what it is asked for, one name a line, and says "done" after each. Its debug log of each goes to a file."""

import logging
import os
import socket
import sys
import urllib.request

import boto3
from botocore.config import Config

_resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **named: _resolve("127.0.0.1", *more, **named)

endpoint, region, bucket, logs = sys.argv[1:]
config = Config(region_name=region, retries={"total_max_attempts": 1}, signature_version="s3v4", s3={"addressing_style": "path"})
s3 = boto3.client("s3", endpoint_url=endpoint, config=config)
BODY = b'{"total": 7, "name": "a + b"}\n'


def put(key, **more):
    s3.put_object(Bucket=bucket, Key=key, Body=BODY, **more)


def fetched(url):
    urllib.request.urlopen(url).read()


def presigned(key, method="get_object", **more):
    return s3.generate_presigned_url(method, Params={"Bucket": bucket, "Key": key, **more}, ExpiresIn=600)


REQUESTS = {
    "put": lambda: put("reports/q3.json", ContentType="application/json", Metadata={"origin": "lab", "batch_no": "7"}),
    "put-spaces": lambda: put("in box/a b+c.json", ContentType="application/json", Metadata={"note": "two  blanks"}),
    "get-escaped": lambda: s3.get_object(Bucket=bucket, Key="a%2Fb=c&d.txt"),
    "get-slashes": lambda: s3.get_object(Bucket=bucket, Key="deep//slashes/x.txt"),
    "get-dots": lambda: s3.get_object(Bucket=bucket, Key="a/../b/./c.txt"),
    "get-unicode": lambda: s3.get_object(Bucket=bucket, Key="übung/naïve ~ (1).txt"),
    "get-range": lambda: s3.get_object(Bucket=bucket, Key="reports/q3.json", Range="bytes=0-3", IfMatch='"no"'),
    "head": lambda: s3.head_object(Bucket=bucket, Key="reports/q3.json"),
    "delete": lambda: s3.delete_object(Bucket=bucket, Key="reports/none.json"),
    "list": lambda: s3.list_objects_v2(Bucket=bucket, Prefix="a b/+", Delimiter="/", StartAfter=""),
    "presigned": lambda: fetched(presigned("reports/q3.json", ResponseContentDisposition='attachment; filename="q 3.json"')),
    "presigned-odd": lambda: fetched(presigned("in box//a;b+c.json")),
}

print(" ".join(REQUESTS), flush=True)
for line in sys.stdin:
    name = line.strip()
    root = logging.getLogger()
    handler = logging.FileHandler(os.path.join(logs, f"{name}.log"), encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s [%(levelname)s] %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        REQUESTS[name]()
    except Exception as error:  # what is not there, and what was refused, ends here: the wire tells
        logging.debug("%s", error)
    root.removeHandler(handler)
    handler.close()
    print("done", flush=True)
