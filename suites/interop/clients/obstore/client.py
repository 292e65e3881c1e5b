import obstore
from obstore.store import S3Store

from things import endpoint, region
from things_s3 import LARGE, access_key_id, bucket, run_s3, same, secret_access_key, step, there_and_back

store = S3Store(
    bucket,
    endpoint=endpoint,
    region=region,
    access_key_id=access_key_id,
    secret_access_key=secret_access_key,
    virtual_hosted_style_request=False,
    client_options={"allow_http": True},
    retry_config={"max_retries": 0},
)


def write(key, body):
    obstore.put(store, key, body)


def read(key):
    return obstore.get(store, key).bytes()


def listed():
    found = [one["path"] for page in obstore.list(store, "folder/") for one in page]
    same(sorted(found), ["folder/a", "folder/b/c"])


def everything():
    there_and_back(write, read)
    for name in ("folder/a", "folder/b/c"):
        step("keys", name, lambda: write(name, b"x"))
    step("queries", "prefix", listed)
    step("queries", "delimiter", lambda: same(obstore.list_with_delimiter(store, "folder")["common_prefixes"], ["folder/b"]))
    step("ranges", "middle", lambda: same(bytes(obstore.get_range(store, "large", start=6_000_000, length=9)), LARGE[6_000_000:6_000_009]))
    step("copies", "copy", lambda: (obstore.copy(store, "large", "copied"), same(bytes(read("copied")), LARGE)))
    step("conditions", "create only", lambda: refused_twice("created"))
    step("delete", "many", lambda: obstore.delete(store, ["folder/a", "folder/b/c"]))


def refused_twice(name):
    """Written where nothing is, and refused where something is."""
    obstore.put(store, name, b"x", mode="create")
    try:
        obstore.put(store, name, b"y", mode="create")
    except obstore.exceptions.AlreadyExistsError:
        return
    raise ValueError("written twice")


run_s3(everything, write)
