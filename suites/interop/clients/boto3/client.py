import io
from urllib.parse import quote

import boto3
from botocore.config import Config

from things import UTF8_META, bucket, endpoint, keys, run, same, say, step

config = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, signature_version="v4")
s3 = boto3.client("s3", endpoint_url=endpoint, config=config.merge(Config(signature_version="s3v4")))


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
    step("delete", "large", lambda: s3.delete_object(Bucket=bucket, Key="large"))
    step("sts", "GetCallerIdentity", sts)
    step("dynamodb", "ListTables", dynamodb)


def sts():
    boto3.client("sts", endpoint_url=endpoint, config=config).get_caller_identity()


def dynamodb():
    boto3.client("dynamodb", endpoint_url=endpoint, config=config).list_tables()


run(everything, {"s3": lambda: put("one.txt", b"one"), "sts": sts, "dynamodb": dynamodb})
