import logging
import re
import sys
import threading
from urllib.parse import urlsplit, urlunsplit

import botocore.auth
import boto3
from botocore.config import Config

from lab import each, now_for, plan

clock = threading.local()
true_now = botocore.auth.get_current_datetime
botocore.auth.get_current_datetime = lambda *given, **named: now_for(clock.step) if getattr(clock, "step", None) else true_now(*given, **named)

if plan["style"] == "stream":
    boto3.set_stream_logger("")
elif plan["style"] == "threads":
    logging.basicConfig(level=logging.DEBUG, format="%(asctime)s %(threadName)s %(name)s %(levelname)s %(message)s")
else:
    logging.basicConfig(level=logging.DEBUG)


def tampering(tamper):
    """Changes a signed request as something on its way would."""

    def change(request, **_):
        parts = urlsplit(request.url)
        path, query = parts.path, parts.query
        if "path" in tamper:
            path = re.sub(tamper["path"][0], tamper["path"][1], path)
        if "query" in tamper:
            query = f"{query}&{tamper['query']}" if query else tamper["query"]
        request.url = urlunsplit((parts.scheme, parts.netloc, path, query, ""))
        if "host" in tamper:
            request.headers["Host"] = parts.hostname if tamper["host"] == ":" else tamper["host"]
        if "header" in tamper:
            name, value = tamper["header"]
            if name in request.headers:
                del request.headers[name]
            if value is not None:
                request.headers[name] = value
        if "body" in tamper:
            request.body = tamper["body"].encode()
            for name in ("Content-Length", "x-amz-decoded-content-length"):
                if name in request.headers:
                    del request.headers[name]
            request.headers["Content-Length"] = str(len(request.body))

    return change


def client_of(step, service):
    twist = step["twist"]
    config = Config(
        region_name=twist.get("region", plan["region"]),
        retries={"mode": "standard", "total_max_attempts": 2},
        s3={"addressing_style": "virtual" if plan["virtual"] else "path"},
        **({"signature_version": "s3v4"} if service == "s3" else {}),
        **({"request_checksum_calculation": "when_required"} if plan["plainBodies"] else {}),
    )
    client = boto3.session.Session().client(
        service,
        endpoint_url=plan["endpoint"],
        aws_access_key_id=twist.get("keyId", plan["keyId"]),
        aws_secret_access_key=twist.get("secret", plan["secret"]),
        aws_session_token=twist.get("token", plan["token"]),
        config=config,
    )
    if "tamper" in twist:
        client.meta.events.register("before-send", tampering(twist["tamper"]))
    return client


def work(step):
    clock.step = step
    s3 = client_of(step, "sts" if step["op"] == "identity" else "s3")
    at = {"Bucket": plan["bucket"], "Key": step["key"]}
    op = step["op"].replace("-odd", "")
    metadata = {"origin": "lab", **({"batch_no": "7"} if op != step["op"] else {})}
    if op == "put":
        s3.put_object(**at, Body=step["body"].encode(), ContentType="text/plain", Metadata=metadata)
    elif op in ("get", "missing"):
        s3.get_object(**at)["Body"].read()
    elif op == "head":
        s3.head_object(**at)
    elif op == "head-then-put":
        try:
            s3.head_object(**at)
        except Exception as error:
            print(error, file=sys.stderr)
        s3.put_object(**at, Body=step["body"].encode(), ContentType="text/plain", Metadata=metadata)
    elif op == "list":
        s3.list_objects_v2(Bucket=plan["bucket"], Prefix=step["key"], MaxKeys=5)
    elif op == "pages":
        for _ in s3.get_paginator("list_objects_v2").paginate(Bucket=plan["bucket"], PaginationConfig={"PageSize": 2, "MaxItems": 6}):
            pass
    elif op == "delete":
        s3.delete_object(**at)
    elif op == "buckets":
        s3.list_buckets()
    elif op == "identity":
        s3.get_caller_identity()


each(work)
