import os
import tempfile

import s3fs

from things import endpoint, region
from things_s3 import LARGE, access_key_id, bucket, run_s3, same, secret_access_key, step, there_and_back

fs = s3fs.S3FileSystem(
    key=access_key_id,
    secret=secret_access_key,
    endpoint_url=endpoint,
    client_kwargs={"region_name": region},
    config_kwargs={"retries": {"total_max_attempts": 1}, "s3": {"addressing_style": "path"}},
    use_listings_cache=False,
)
fs.retries = 1


def write(key, body):
    fs.pipe_file(f"{bucket}/{key}", body)


def read(key):
    return fs.cat_file(f"{bucket}/{key}")


def folders():
    with tempfile.TemporaryDirectory() as scratch:
        os.makedirs(f"{scratch}/up/a/b")
        for name, body in {"a/b/1": b"one", "a/2": b"", "large": LARGE}.items():
            with open(f"{scratch}/up/{name}", "wb") as file:
                file.write(body)
        fs.put(f"{scratch}/up/", f"{bucket}/folder/", recursive=True)
        same(sorted(fs.find(f"{bucket}/folder")), [f"{bucket}/folder/{each}" for each in ("a/2", "a/b/1", "large")])
        fs.copy(f"{bucket}/folder/", f"{bucket}/copied/", recursive=True)
        fs.get(f"{bucket}/copied/", f"{scratch}/back/", recursive=True)
        for name in ("a/b/1", "a/2", "large"):
            with open(f"{scratch}/up/{name}", "rb") as wanted, open(f"{scratch}/back/{name}", "rb") as got:
                same(got.read(), wanted.read())


def seeking():
    with fs.open(f"{bucket}/large", "rb", block_size=5 << 20) as file:
        file.seek(7_000_000)
        same(file.read(1000), LARGE[7_000_000:7_001_000])


def everything():
    step("buckets", "list", lambda: fs.ls(""))
    there_and_back(write, read)
    step("queries", "ls", lambda: fs.ls(bucket, detail=True))
    step("ranges", "seek and read", seeking)
    step("sync", "a folder up, copied, down", folders)
    step("delete", "recursive", lambda: fs.rm(f"{bucket}/folder", recursive=True))
    step("delete", "nothing left", lambda: same(fs.find(f"{bucket}/folder"), []))


run_s3(everything, write)
