import pyarrow
import pyarrow.parquet
from pyarrow import fs

from things import endpoint, region
from things_s3 import LARGE, access_key_id, bucket, run_s3, same, secret_access_key, step, there_and_back

s3 = fs.S3FileSystem(
    access_key=access_key_id,
    secret_key=secret_access_key,
    endpoint_override=endpoint.removeprefix("http://"),
    scheme="http",
    region=region,
    retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=1),
)


def write(key, body):
    with s3.open_output_stream(f"{bucket}/{key}") as out:
        out.write(body)


def read(key):
    with s3.open_input_stream(f"{bucket}/{key}") as source:
        return source.read()


def table():
    made = pyarrow.table({"n": list(range(100_000)), "t": ["x"] * 100_000})
    pyarrow.parquet.write_to_dataset(made, f"{bucket}/table", filesystem=s3, partition_cols=None)
    same(pyarrow.parquet.read_table(f"{bucket}/table", filesystem=s3).num_rows, 100_000)


def listed():
    found = s3.get_file_info(fs.FileSelector(f"{bucket}/folder", recursive=True))
    same(sorted(each.path for each in found if each.is_file), [f"{bucket}/folder/a", f"{bucket}/folder/b/c"])


def middle():
    with s3.open_input_file(f"{bucket}/large") as source:
        same(source.read_at(9, 6_000_000), LARGE[6_000_000:6_000_009])


def everything():
    there_and_back(write, read)
    for name in ("folder/a", "folder/b/c"):
        step("keys", name, lambda: write(name, b"x"))
    step("queries", "a folder", listed)
    step("ranges", "middle", middle)
    step("streaming", "a table of Parquet", table)
    step("copies", "copy", lambda: (s3.copy_file(f"{bucket}/large", f"{bucket}/copied"), same(read("copied"), LARGE)))
    step("delete", "a folder", lambda: s3.delete_dir(f"{bucket}/folder"))


run_s3(everything, write)
