"""Lets a client in Python find this machine under any name."""

import socket

_resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **named: _resolve("127.0.0.1", *more, **named)
