"""What clients written in Python that offer S3 as files are given to do (see things.py)."""

import os

from things import bucket, keys, run, same, step

access_key_id = os.environ["AWS_ACCESS_KEY_ID"]
secret_access_key = os.environ["AWS_SECRET_ACCESS_KEY"]
LARGE = os.urandom(12_000_000)


def there_and_back(write, read):
    """Every key written and read, and more bytes than one part holds."""
    for key in keys:
        step("keys", key, lambda: (write(key, key.encode()), same(bytes(read(key)), key.encode())))
    step("streaming", "12 MB", lambda: (write("large", LARGE), same(bytes(read("large")), LARGE)))


def run_s3(everything, write):
    run(everything, {"s3": lambda: write("one.txt", b"one")})


__all__ = ["LARGE", "access_key_id", "bucket", "keys", "run_s3", "same", "secret_access_key", "step", "there_and_back"]
