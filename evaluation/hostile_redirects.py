"""Behaviours: redirects that lead in circles, inside, or nowhere."""

from evaluation.hostile_behaviour import Behaviour, Script, Talk, article, page, reply, sends

INSIDE = ("internal address",)
NOWHERE = ("no web address",)
CIRCLE = ("redirects",)
SHOWN = 60  # characters of an address


def leads_to(location: str, *, status: str = "302 Found") -> Script:
    """Return a script that redirects; ``{inside}`` and ``{main}`` in *location* are ports."""

    async def answer(talk: Talk) -> None:
        target = location.format(**talk.ports)
        await talk.send(reply(b"", f"Location: {target}", status=status))

    return answer


INSIDES = {
    "itself": "http://127.0.0.1:{inside}/secret",
    "localhost": "http://localhost:{inside}/secret",
    "localhost-dot": "http://LOCALHOST.:{inside}/secret",
    "decimal": "http://2130706433:{inside}/secret",
    "octal": "http://0177.0.0.01:{inside}/secret",
    "hexadecimal": "http://0x7f.0.0.0x1:{inside}/secret",
    "short": "http://127.1:{inside}/secret",
    "zero": "http://0:{inside}/secret",
    "other-loopback": "http://127.8.8.8:{inside}/secret",
    "six": "http://[::1]:{inside}/secret",
    "six-mapped": "http://[::ffff:127.0.0.1]:{inside}/secret",
    "six-mapped-hex": "http://[::ffff:7f00:1]:{inside}/secret",
    "six-nat": "http://[64:ff9b::7f00:1]/secret",
    "six-to-four": "http://[2002:7f00:1::]/secret",
    "six-local": "http://[fe80::1]/secret",
    "six-unique": "http://[fd00::1]/secret",
    "wide-digits": "http://１２７.０.０.１:{inside}/secret",
    "wide-dots": "http://127。0。0。1:{inside}/secret",
    "ring-letters": "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{inside}/secret",
    "percents": "http://%31%32%37.0.0.1:{inside}/secret",
    "soft-hyphen": "http://local\u00adhost:{inside}/secret",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "ten": "http://10.0.0.1/secret",
    "carrier": "http://100.64.0.1/secret",
    "broadcast": "http://255.255.255.255/secret",
    "multicast": "http://224.0.0.1/secret",
    "one-label": "http://intranet-server/secret",
    "local-name": "http://printer.local/secret",
    "no-scheme": "//127.0.0.1:{inside}/secret",
    "name": "http://rebound.hostile.example/secret",
    "name-of-metadata": "http://metadata.hostile.example/latest/",
    "name-of-ten": "https://ten.hostile.example/secret",
    "name-of-carrier": "http://carrier.hostile.example/secret",
}
"""Redirects to what is inside, in every notation; the names are those of `hostile_names`."""

NO_WEB = {
    "user": "http://user:secret@127.0.0.1:{inside}/secret",
    "user-trick": "http://www.example.com@127.0.0.1:{inside}/",
    "long": "/" + "x" * 20_000,
}
NO_REDIRECT = {
    "file": "file:///etc/passwd",
    "script": "javascript:alert(1)",
    "data": "data:text/html,<p>x",
    "ftp": "ftp://127.0.0.1/secret",
    "gopher": "gopher://127.0.0.1:{inside}/_GET",
}
BROKEN = {
    "huge-port": "http://www.example.com:99999/",
    "open-bracket": "http://[::1",
    "empty-host": "http:///path",
    "scheme-alone": "http:",
}


def _to(name: str, location: str, must: str, ends: tuple[str, ...]) -> Behaviour:
    return Behaviour(
        name=f"redirect-to-{name}",
        does=f"redirects to {location[:SHOWN]}",
        must=must,
        ends=ends,
        answer=leads_to(location),
        asked=2,
    )


TARGETS = (
    *(_to(name, to, "asks nothing inside", INSIDE) for name, to in INSIDES.items()),
    *(_to(name, to, "is refused by name", NOWHERE) for name, to in NO_WEB.items()),
    *(_to(name, to, "is not followed", ("HTTP 302", *CIRCLE)) for name, to in NO_REDIRECT.items()),
    *(_to(name, to, "is named", (*NOWHERE, *CIRCLE, "HTTP 302", "HTTP 404", "unknown host"))
      for name, to in BROKEN.items()),
    _to("other-port", "http://www.example.com:22/", "is refused by name", ("port",)),
    _to("mail-port", "http://www.example.com:25/", "is refused by name", ("port",)),
    _to("no-host", "http://no-such-host.hostile.example/", "is named", ("unknown host",)),
)  # fmt: skip


async def circle(talk: Talk) -> None:
    """Lead round in a circle of three."""
    base, _, step = talk.path.partition("?")
    await talk.send(reply(b"", f"Location: {base}?{(int(step or 0) + 1) % 3}", status="301 Moved"))


async def grows(talk: Talk) -> None:
    """Lead to an ever longer address."""
    more = "&x=1" if "?" in talk.path else "?x=1"
    await talk.send(reply(b"", f"Location: {talk.path}{more}", status="307 Temporary"))


def steps(number: int, name: str) -> Script:
    """Return a script that leads to a page in so many steps."""

    async def answer(talk: Talk) -> None:
        base, _, step = talk.path.partition("?")
        if int(step or 0) == number:
            await talk.send(page(name))
        else:
            await talk.send(
                reply(b"", f"Location: {base}?{int(step or 0) + 1}", status="308 Permanent")
            )

    return answer


async def wants_cookie(talk: Talk) -> None:
    """Lead to itself until a cookie comes back."""
    await talk.send(reply(b"", f"Location: {talk.path}", "Set-Cookie: seen=1", status="302 Found"))


def refreshes(name: str, target: str) -> Script:
    """Return a script with a page that leads on by its markup and its headers."""

    async def answer(talk: Talk) -> None:
        to = target.format(**talk.ports)
        head = f"<meta http-equiv='refresh' content='0;url={to}'>"
        foot = f"<script>location.href='{to}'</script><iframe src='{to}'></iframe>"
        body = article(name, head=head, foot=foot).encode()
        await talk.send(reply(body, f"Refresh: 0;url={to}", f"Link: <{to}>; rel=preload"))

    return answer


LOGIN = reply(
    b"<!doctype html><html><head><title>Log in</title></head><body><h1>Log in</h1><form"
    b" action='/session' method='post'><input name='email' type='email'><input name='password'"
    b" type='password'><button>Log in</button></form><p>Log in or subscribe to go on reading.</p>"
    b"</body></html>"
)
HOME = "".join(f"<li><a href='/news/{n}'>Something happened again {n}</a></li>" for n in range(60))
FRONT = reply(f"<html><body><h1>The Bugle</h1><ul>{HOME}</ul></body></html>".encode())
NO_ARTICLE = ("NotAnArticleError", "NoContentError")

CIRCLES = (
    Behaviour(name="redirect-to-self", does="redirects to itself", must="is given up at once",
              ends=CIRCLE, asked=1, answer=leads_to("/page/redirect-to-self")),
    Behaviour(name="redirect-circle", does="redirects in a circle of three", must="is given up",
              ends=CIRCLE, asked=3, answer=circle),
    Behaviour(name="redirect-grows", does="redirects to ever longer addresses",
              must="is given up", ends=CIRCLE, asked=1, answer=grows),
    Behaviour(name="redirect-5", does="leads to a page in five steps", must="is saved whole",
              answer=steps(5, "redirect-5")),
    Behaviour(name="redirect-6", does="leads to a page in six steps", must="is given up",
              ends=CIRCLE, answer=steps(6, "redirect-6")),
    Behaviour(name="redirect-cookie", does="redirects to itself until a cookie comes",
              must="is given up at once", ends=CIRCLE, asked=1, answer=wants_cookie),
    Behaviour(name="redirect-nowhere", does="redirects without saying where", must="is named",
              ends=("HTTP 302",), answer=sends(reply(b"", status="302 Found"))),
    Behaviour(name="redirect-empty", does="redirects to nothing", must="is named",
              ends=("HTTP 302", *CIRCLE), answer=sends(reply(b"", "Location: ",
                                                            status="302 Found"))),
    Behaviour(name="redirect-to-login", does="redirects to a log-in page", must="is no article",
              ends=NO_ARTICLE, answer=leads_to("/extra/login?next=/page/redirect-to-login")),
    Behaviour(name="redirect-to-front", does="redirects to the front page", must="is no article",
              ends=NO_ARTICLE, answer=leads_to("/extra/front")),
    Behaviour(name="redirect-with-page", does="redirects with the body of an article",
              must="follows, and saves what is there",
              answer=leads_to("/healthy/redirect-with-page", status="303 See Other")),
    Behaviour(name="refresh-inside", does="refreshes to an address inside",
              must="saves the page and asks nothing inside",
              answer=refreshes("refresh-inside", "http://127.0.0.1:{inside}/secret")),
    Behaviour(name="refresh-elsewhere", does="refreshes to another page",
              must="saves the page that was asked for",
              answer=refreshes("refresh-elsewhere", "http://127.0.0.1:{main}/extra/front")),
)  # fmt: skip

REDIRECTS = (*TARGETS, *CIRCLES)
PAGES = {"login": sends(LOGIN), "front": sends(FRONT)}
