import datetime
import hashlib
import http.client
import logging
import re
import sys
from urllib.parse import quote

import requests
import requests_aws4auth.aws4auth as aws4
from requests_aws4auth import AWS4Auth

from lab import each, now_for, plan

http.client.HTTPConnection.debuglevel = 1
if plan["style"] != "basic":
    logging.basicConfig(level=logging.DEBUG)
# http.client prints to standard output; the log is standard error.
sys.stdout = sys.stderr
session = requests.Session()


def send(step, method, target, body=None, headers=None, service="s3"):
    twist = step["twist"]
    signer = AWS4Auth(
        twist.get("keyId", plan["keyId"]),
        twist.get("secret", plan["secret"]),
        twist.get("region", plan["region"]),
        twist.get("service", service),
        session_token=twist.get("token", plan["token"]),
    )
    date = now_for(step)
    given = {"x-amz-date": date.strftime("%Y%m%dT%H%M%SZ"), **(headers or {})}
    tamper = twist.get("tamper", {})
    # Left to itself it signs the host without its port.
    if tamper.get("host") != ":":
        given["Host"] = plan["endpoint"].split("://")[1]
    asked = requests.Request(method, plan["endpoint"] + target, data=body, headers=given, auth=signer)
    prepared = session.prepare_request(asked)
    if "path" in tamper:
        scheme, rest = prepared.url.split("://")
        host, _, path = rest.partition("/")
        path, mark, query = path.partition("?")
        prepared.url = f"{scheme}://{host}{re.sub(tamper['path'][0], tamper['path'][1], '/' + path)}{mark}{query}"
    if "query" in tamper:
        prepared.url += ("&" if "?" in prepared.url else "?") + tamper["query"]
    if tamper.get("host", ":") != ":":
        prepared.headers["Host"] = tamper["host"]
    if "header" in tamper:
        name, value = tamper["header"]
        prepared.headers.pop(name, None)
        if value is not None:
            prepared.headers[name] = value
    if "body" in tamper:
        prepared.body = tamper["body"].encode()
        prepared.headers["Content-Length"] = str(len(prepared.body))
    answer = session.send(prepared)
    print(answer.status_code, answer.text[:3000])
    answer.raise_for_status()


def work(step):
    path = f"/{plan['bucket']}/" + quote(step["key"], safe="/~")
    op = step["op"].replace("-odd", "")
    typed = {"content-type": "text/plain", "x-amz-meta-origin": "lab", **({"x-amz-meta-batch_no": "7"} if op != step["op"] else {})}
    if op == "put":
        send(step, "PUT", path, step["body"].encode(), typed)
    elif op in ("get", "missing"):
        send(step, "GET", path)
    elif op == "head":
        send(step, "HEAD", path)
    elif op == "head-then-put":
        try:
            send(step, "HEAD", path)
        except requests.HTTPError as error:
            print(error)
        send(step, "PUT", path, step["body"].encode(), typed)
    elif op == "list":
        send(step, "GET", f"/{plan['bucket']}?list-type=2&max-keys=5&prefix=" + quote(step["key"], safe="~"))
    elif op == "pages":
        for after in ("", step["key"]):
            send(step, "GET", f"/{plan['bucket']}?list-type=2&max-keys=2" + (f"&start-after={quote(after, safe='~')}" if after else ""))
    elif op == "delete":
        send(step, "DELETE", path)
    elif op == "buckets":
        send(step, "GET", "/")
    elif op == "identity":
        send(step, "POST", "/", b"Action=GetCallerIdentity&Version=2011-06-15", {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}, "sts")


each(work)
