"""What every client written in Python is given to do, and how it says what came of it (see ../README.md)."""

import os
import sys

endpoint = os.environ["INTEROP_ENDPOINT"]
bucket = os.environ["INTEROP_BUCKET"]
service = os.environ.get("INTEROP_SERVICE", "s3")
region = os.environ["AWS_REGION"]
UTF8_META = "grüße, 世界"


def lines(name):
    with open(os.environ[name], encoding="utf-8") as file:
        return [line for line in file.read().split("\n") if line]


keys = lines("INTEROP_KEYS_FILE")
queries = lines("INTEROP_QUERIES_FILE")


def say(*fields):
    print("\t".join(fields), flush=True)


def step(name, detail, work):
    """Does one thing and says "ok", or "refused" with what the client says of it."""
    try:
        work()
        say("ok", name, detail)
    except Exception as error:  # whatever a client throws is what is asked for
        say("refused", name, detail, " ".join(f"{type(error).__name__}: {error}".split()))


def same(got, wanted):
    if got != wanted:
        raise ValueError(f"came back changed: {got[:60]!r}")


def run(everything, one):
    {"all": everything, "one": lambda: step("one", service, one[service])}[sys.argv[1]]()
    say("done")
