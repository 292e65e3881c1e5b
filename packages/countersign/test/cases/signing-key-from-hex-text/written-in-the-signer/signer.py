import hashlib
import hmac


def signing_key(secret, date, region, service):
    k_date = hmac.new(('AWS4' + secret).encode(), date.encode(), hashlib.sha256).digest()
    k_region = hmac.new(k_date, region.encode(), hashlib.sha256).hexdigest().encode()
    k_service = hmac.new(k_region, service.encode(), hashlib.sha256).digest()
    return hmac.new(k_service, b'aws4_request', hashlib.sha256).digest()
