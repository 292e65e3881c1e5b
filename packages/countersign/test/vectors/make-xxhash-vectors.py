"""Writes own-xxhash-vectors.json with the reference implementation (python -m pip install xxhash): hashes of messages of many lengths.

The message of n bytes has the byte (7 * i + i // 251) % 256 at place i.
"""

import json
from pathlib import Path

import xxhash

LENGTHS = [*range(0, 300, 1), *range(300, 700, 13), 1023, 1024, 1025, 1087, 1088, 1089, 2047, 2048, 2049, 3000, 9999, 70000]
MESSAGE = bytes((7 * i + i // 251) % 256 for i in range(max(LENGTHS)))


def hashes(data):
    return [xxhash.xxh64_hexdigest(data), xxhash.xxh3_64_hexdigest(data), xxhash.xxh3_128_hexdigest(data)]


lines = [json.dumps([length, *hashes(MESSAGE[:length])]) for length in LENGTHS]
Path(__file__).with_name("own-xxhash-vectors.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
