import io
import os
from urllib.parse import quote

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config

from things import UTF8_META, bucket, endpoint, keys, run, same, say, step

config = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, signature_version="v4")
s3 = boto3.client("s3", endpoint_url=endpoint, config=config.merge(Config(signature_version="s3v4")))

PARTS = TransferConfig(multipart_threshold=6 << 20, multipart_chunksize=5 << 20)


def put(key, body, **more):
    return s3.put_object(Bucket=bucket, Key=key, Body=body, **more)


def there_and_back(key):
    put(key, key.encode())
    same(s3.get_object(Bucket=bucket, Key=key)["Body"].read(), key.encode())


def listed(key):
    found = s3.list_objects_v2(Bucket=bucket, Prefix=key).get("Contents", [])
    same([each["Key"] for each in found], [key])


def streamed():
    large = b"x" * 300_000
    s3.upload_fileobj(io.BytesIO(large), bucket, "large")
    same(s3.get_object(Bucket=bucket, Key="large")["Body"].read(), large)


def in_parts():
    large = os.urandom(12_000_000)
    s3.upload_fileobj(io.BytesIO(large), bucket, "parts", Config=PARTS)
    got = io.BytesIO()
    s3.download_fileobj(bucket, "parts", got, Config=PARTS)
    same(got.getvalue(), large)
    s3.copy({"Bucket": bucket, "Key": "parts"}, bucket, "copied", Config=PARTS)
    same(s3.get_object(Bucket=bucket, Key="copied")["Body"].read(), large)


def in_pages():
    for at in range(7):
        put(f"pages/{at}", b"x")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="pages/", PaginationConfig={"PageSize": 3})
    same([each["Key"] for page in pages for each in page["Contents"]], [f"pages/{at}" for at in range(7)])


def everything():
    step("buckets", bucket, lambda: s3.create_bucket(Bucket=bucket))
    step("buckets", "list", s3.list_buckets)
    for key in keys:
        step("keys", key, lambda: there_and_back(key))
        step("queries", f"prefix={key}", lambda: listed(key))
        say("presigned", key, s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key}, ExpiresIn=300))
    # botocore takes ASCII only.
    step("metadata", "encoded", lambda: put("meta", b"meta", Metadata={"note": quote(UTF8_META)}))
    step("streaming", "upload_fileobj of 300 kB", streamed)
    step("streaming", "in parts, up, down and copied", in_parts)
    step("queries", "in pages", in_pages)
    step("delete", "large", lambda: s3.delete_object(Bucket=bucket, Key="large"))
    step("sts", "GetCallerIdentity", sts)
    step("dynamodb", "ListTables", dynamodb)


def sts():
    boto3.client("sts", endpoint_url=endpoint, config=config).get_caller_identity()


def dynamodb():
    boto3.client("dynamodb", endpoint_url=endpoint, config=config).list_tables()


run(everything, {"s3": lambda: put("one.txt", b"one"), "sts": sts, "dynamodb": dynamodb})
