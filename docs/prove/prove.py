#!/usr/bin/env python3
"""Proves to a Sallyport service that an AWS account is yours.

    prove.py 222222222222                      by a signature, with the credentials that boto3 finds
    prove.py 222222222222 --role [NAME]        by the role of the account that trusts the vendor
    prove.py 222222222222 --region eu-west-1   with the STS of that region

SALLYPORT_URL says where the service is, SALLYPORT_API_KEY or SALLYPORT_API_KEY_FILE your key, and
SALLYPORT_AUDIENCE its public origin if SALLYPORT_URL is another name of it. No credential leaves
this machine: what is sent is good for this one question.
"""

import argparse
import json
import os
import sys
import time
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener


class NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None  # The key is for this host alone.


OPENER = build_opener(NoRedirects)
URL = os.environ.get("SALLYPORT_URL", "").rstrip("/")


def api_key():
    if "SALLYPORT_API_KEY" in os.environ:
        return os.environ["SALLYPORT_API_KEY"]
    with open(os.environ["SALLYPORT_API_KEY_FILE"], encoding="ascii") as file:
        return file.read().strip()


def call(method, path, body=None):
    headers = {"authorization": f"Bearer {api_key()}"}
    data = None
    if body is not None:
        headers["content-type"] = "application/json"
        data = json.dumps(body).encode()
    request = Request(URL + path, data=data, headers=headers, method=method)
    with OPENER.open(request, timeout=60) as answer:
        return json.load(answer)


def claim(account, partition):
    try:
        return call("GET", f"/v1/accounts/{account}")
    except HTTPError as error:
        if error.code != 404:
            raise
    return call("POST", "/v1/accounts", {"account_id": account, "partition": partition})


def partition_of(region):
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def sign(challenge, region):
    """GetCallerIdentity with challenge and audience as signed headers; only its parts are sent."""
    import botocore.session
    from botocore.auth import SigV4QueryAuth
    from botocore.awsrequest import AWSRequest

    credentials = botocore.session.Session().get_credentials()
    if credentials is None:
        sys.exit("There are no AWS credentials to sign with; or prove it by --role.")
    host = f"sts.{region}.amazonaws.com" + (".cn" if region.startswith("cn-") else "")
    headers = {
        "x-sallyport-audience": challenge["audience"],
        "x-sallyport-challenge": challenge["challenge"],
    }
    url = f"https://{host}/?Action=GetCallerIdentity&Version=2011-06-15"
    request = AWSRequest(method="GET", url=url, headers=headers)
    frozen = credentials.get_frozen_credentials()
    SigV4QueryAuth(frozen, "sts", region, expires=300).add_auth(request)
    signed = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
    fields = {
        "region": region,
        "access_key_id": frozen.access_key,
        "amz_date": signed["X-Amz-Date"],
        "signature": signed["X-Amz-Signature"],
    }
    return {**fields, "session_token": frozen.token} if frozen.token else fields


def refuse_relay(audience):
    """Whoever passes on the challenge of another service could use our answer there."""
    expected = os.environ.get("SALLYPORT_AUDIENCE", URL)
    if urlsplit(audience)[:2] != urlsplit(expected)[:2]:
        sys.exit(f"The challenge is for {audience}, not for {expected}; nothing was signed.")


def prove(account, region, role):
    claimed = claim(account, partition_of(region))
    challenge = call("POST", f"/v1/accounts/{claimed['id']}/challenges")
    refuse_relay(challenge["audience"])
    if role is None:
        proof = sign(challenge, region)
    else:
        proof = {"method": "role", **({"role_name": role} if role else {})}
    body = {"challenge_id": challenge["id"], **proof}
    operation = call("POST", f"/v1/accounts/{claimed['id']}/proofs", body)
    deadline = time.monotonic() + 300
    while not operation["done"] and time.monotonic() < deadline:
        time.sleep(1)
        operation = call("GET", f"/v1/operations/{operation['id']}")
    if operation["state"] != "succeeded":
        sys.exit(operation["message"])
    return call("GET", f"/v1/accounts/{claimed['id']}")["standing"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("account", help="12 digits")
    parser.add_argument("--region", default=os.environ.get("AWS_REGION", "us-east-1"))
    parser.add_argument("--role", nargs="?", const="", help="by a role, of this name if given")
    given = parser.parse_args()
    if not URL:
        sys.exit("SALLYPORT_URL says where the service is.")
    try:
        standing = prove(given.account, given.region, given.role)
    except HTTPError as error:
        sys.exit(f"{error.code}: {json.load(error).get('detail', error.reason)}")
    print(f"Account {given.account} is {standing}.")


if __name__ == "__main__":
    main()
