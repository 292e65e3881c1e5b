import opendal

from things import endpoint, region
from things_s3 import LARGE, access_key_id, bucket, run_s3, same, secret_access_key, step, there_and_back

store = opendal.Operator(
    "s3",
    bucket=bucket,
    endpoint=endpoint,
    region=region,
    access_key_id=access_key_id,
    secret_access_key=secret_access_key,
    disable_config_load="true",
    disable_ec2_metadata="true",
)


def write(key, body):
    store.write(key, body)


def read(key):
    return store.read(key)


def listed():
    found = [each.path for each in store.scan("folder/")]
    same(sorted(each for each in found if not each.endswith("/")), ["folder/a", "folder/b/c"])


def in_parts():
    with store.open("parts", "wb", chunk=5 << 20) as out:
        for at in range(0, len(LARGE), 1 << 20):
            out.write(LARGE[at : at + (1 << 20)])
    same(bytes(read("parts")), LARGE)


def middle():
    with store.open("large", "rb") as source:
        source.seek(6_000_000)
        same(bytes(source.read(9)), LARGE[6_000_000:6_000_009])


def everything():
    there_and_back(write, read)
    for name in ("folder/a", "folder/b/c"):
        step("keys", name, lambda: write(name, b"x"))
    step("queries", "a folder", listed)
    step("ranges", "middle", middle)
    step("streaming", "in parts", in_parts)
    step("copies", "copy", lambda: (store.copy("large", "copied"), same(bytes(read("copied")), LARGE)))
    step("metadata", "stat", lambda: same(store.stat("large").content_length, len(LARGE)))
    step("delete", "a folder", lambda: store.remove_all("folder/"))


run_s3(everything, write)
