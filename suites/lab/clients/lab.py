"""What the lab's programs in Python share: the plan, names that lead to this machine, and marks of where a step begins and ends."""

import datetime
import json
import os
import socket
import sys
import threading
import time

plan = json.load(open(sys.argv[1], encoding="utf-8"))
lock = threading.Lock()
_resolve = socket.getaddrinfo


def _here(host, *more, **named):
    return _resolve("127.0.0.1", *more, **named)


socket.getaddrinfo = _here


def mark(step, what):
    sys.stdout.flush()
    sys.stderr.flush()
    with lock, open(plan["marks"], "a", encoding="utf-8") as marks:
        line = {"step": step, "what": what, "at": time.time() * 1000, "offset": os.fstat(2).st_size}
        marks.write(json.dumps(line) + "\n")


def now_for(step):
    """The time as the step's clock has it, without a zone."""
    real = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    return real + datetime.timedelta(seconds=step["twist"].get("clock", 0))


def each(work):
    """Does the steps, one after the other or in as many threads as the plan wants."""

    def one(step):
        if plan["threads"] == 1:
            mark(step["index"], "begin")
        try:
            work(step)
        except Exception as error:  # what the client says of a refusal is part of its log
            print(f"{type(error).__module__}.{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        if plan["threads"] == 1:
            mark(step["index"], "end")
        time.sleep(plan.get("pause", 0))

    if plan["threads"] == 1:
        for step in plan["steps"]:
            one(step)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(plan["threads"]) as pool:
        list(pool.map(one, plan["steps"]))
