import urllib.request

from botocore.config import Config
from django.conf import settings
from django.core.files.base import ContentFile

settings.configure(USE_TZ=True)

from storages.backends.s3 import S3Storage  # noqa: E402

from things import endpoint, region  # noqa: E402
from things_s3 import access_key_id, bucket, run_s3, same, secret_access_key, step, there_and_back  # noqa: E402

storage = S3Storage(
    bucket_name=bucket,
    access_key=access_key_id,
    secret_key=secret_access_key,
    endpoint_url=endpoint,
    region_name=region,
    file_overwrite=True,
    client_config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, signature_version="s3v4"),
)


def write(key, body):
    storage.save(key, ContentFile(body))


def read(key):
    with storage.open(key) as file:
        return file.read()


def by_url():
    with urllib.request.urlopen(storage.url("with space.txt")) as answer:
        same(answer.read(), b"with space.txt")


def everything():
    there_and_back(write, read)
    step("queries", "listdir", lambda: storage.listdir(""))
    step("metadata", "size", lambda: same(storage.size("large"), 12_000_000))
    step("metadata", "modified", lambda: storage.get_modified_time("large"))
    step("queries", "exists", lambda: same([storage.exists("large"), storage.exists("none")], [True, False]))
    step("urls", "a signed URL", by_url)
    step("delete", "large", lambda: storage.delete("large"))


run_s3(everything, write)
