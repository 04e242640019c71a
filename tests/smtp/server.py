"""A mail server for the tests: aiosmtpd on a port of its own.

Prints one line of JSON for its port, then one for each mail that it took, read with Python's own
mail parser. Whoever gives a password must give "right". A recipient whose name begins with "refused" is refused for good, one that begins
with "busy" for now. It ends when its input ends.
"""

import email
import email.policy
import json
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


def say(**words):
    print(json.dumps(words), flush=True)


class Taker:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 Nobody of that name is here"
        if address.startswith("busy"):
            return "451 4.3.0 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        part = lambda kind: mail.get_body((kind,)).get_content()
        say(
            sender=envelope.mail_from,
            to=envelope.rcpt_tos,
            headers=[[name.lower(), str(value)] for name, value in mail.items()],
            plain=part("plain"),
            html=part("html"),
            defects=[str(defect) for defect in mail.defects],
        )
        return "250 Taken"


def knows(server, session, envelope, mechanism, given):
    return AuthResult(success=given.password == b"right", handled=False)


port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
controller = Controller(
    Taker(),
    hostname="127.0.0.1",
    port=port,
    authenticator=knows,
    auth_require_tls=False,
)
if port == 0:
    # The controller calls its own port to see that it answers, so it needs to know it beforehand.
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        controller.port = free.getsockname()[1]
controller.start()
say(port=controller.port)
sys.stdin.read()
controller.stop()
