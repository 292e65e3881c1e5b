import polars

from things import endpoint, region, run, same, step
from things_s3 import access_key_id, bucket, secret_access_key

options = {
    "aws_endpoint_url": endpoint,
    "aws_region": region,
    "aws_access_key_id": access_key_id,
    "aws_secret_access_key": secret_access_key,
    "aws_allow_http": "true",
    "max_retries": 0,
}
frame = polars.DataFrame({"n": range(300_000), "t": [f"text {n}" for n in range(300_000)]})


def at(name):
    return f"s3://{bucket}/{name}"


def write(name="one.parquet", made=frame):
    made.write_parquet(at(name), storage_options=options)


def whole(name):
    return polars.read_parquet(at(name), storage_options=options)


def partitioned():
    for part in range(3):
        write(f"parts/part={part}/{part}.parquet", frame.slice(part * 1000, 1000))
    found = polars.scan_parquet(at("parts/**/*.parquet"), storage_options=options, hive_partitioning=False).collect()
    same(found.sort("n").equals(frame.slice(0, 3000)), True)


def some():
    found = polars.scan_parquet(at("with space+plus.parquet"), storage_options=options).filter(polars.col("n") > 299_990).select("t").collect()
    same(found["t"].to_list()[-1], "text 299999")


def csv():
    frame.lazy().sink_csv(at("table.csv"), storage_options=options)
    same(polars.scan_csv(at("table.csv"), storage_options=options).collect().equals(frame), True)


def everything():
    step("streaming", "write_parquet", lambda: write("with space+plus.parquet"))
    step("streaming", "read_parquet gives the same", lambda: same(whole("with space+plus.parquet").equals(frame), True))
    step("ranges", "some rows and columns", some)
    step("queries", "a folder of parts", partitioned)
    step("streaming", "sink_csv and scan_csv", csv)


run(everything, {"s3": lambda: write("one.parquet", frame.slice(0, 3))})
