"""ECDSA over P-256, and the derivation of a key pair from a secret: just enough for the corpus, slow and not constant in time."""

import hashlib
import hmac

from signer import octets

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
A = P - 3
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296, 0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)


def add(one, other):
    if one is None or other is None:
        return one or other
    if one[0] == other[0]:
        if (one[1] + other[1]) % P == 0:
            return None
        slope = (3 * one[0] * one[0] + A) * pow(2 * one[1], -1, P) % P
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, P) % P
    x = (slope * slope - one[0] - other[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def times(number, point):
    total = None
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def private_key(secret, access_key_id):
    """NIST SP 800-108, counter mode: the first candidate that is below the order, less two, plus one."""
    counter = 1
    while True:
        context = octets(access_key_id) + bytes([counter])
        fixed = (1).to_bytes(4, "big") + b"AWS4-ECDSA-P256-SHA256" + b"\0" + context + (256).to_bytes(4, "big")
        candidate = int.from_bytes(hmac.new(octets("AWS4A" + secret), fixed, hashlib.sha256).digest(), "big")
        if candidate <= N - 2:
            return candidate + 1
        counter += 1


def signature(key, text):
    """DER in hex. The number that has to be new for every text is made of the text, so that the corpus is always the same."""
    digest = hashlib.sha256(octets(text)).digest()
    k = int.from_bytes(hmac.new(key.to_bytes(32, "big"), digest, hashlib.sha256).digest(), "big") % (N - 1) + 1
    r = times(k, G)[0] % N
    s = pow(k, -1, N) * (int.from_bytes(digest, "big") + r * key) % N
    numbers = b"".join(b"\x02" + bytes([len(one)]) + one for one in (whole(r), whole(s)))
    return (b"\x30" + bytes([len(numbers)]) + numbers).hex()


def whole(number):
    return number.to_bytes(number.bit_length() // 8 + 1, "big")
