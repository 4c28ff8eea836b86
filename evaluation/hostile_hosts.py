"""Behaviours of hosts that go down, refuse, have too much, or send a crawl elsewhere."""

from functools import partial

from evaluation.hostile_behaviour import Script, Talk, reply, shown
from evaluation.hostile_listings import item, rss
from evaluation.hostile_sites import AROUND, GONE, healthy, news, report

FAILURES = 6  # HOST_FAILURES
REFUSALS = 10  # BLOCKED_LIMIT
ALONE = "is left alone, and its links stay"


def dies(name: str, *, count: int, good: int, then: Script) -> Script:
    """Return a script of a site that names *count* articles and after *good* of them is down."""
    served: dict[int, int] = {}

    async def answer(talk: Talk) -> None:
        if talk.path == "/feed":
            base = f"http://127.0.0.1:{talk.port}"
            items = "".join(item(f"{base}/articles/{name}-{n}") for n in range(count))
            await talk.send(reply(rss(items).encode(), kind="application/xml"))
        elif "/articles/" not in talk.path:
            await talk.send(GONE)
        elif served.setdefault(talk.port, 0) < good:
            served[talk.port] += 1
            await talk.send(healthy(talk.path))
        else:
            await then(talk)

    return answer


def answers(status: str, *headers: str) -> Script:
    """Return a script that answers with a status and nothing else."""

    async def answer(talk: Talk) -> None:
        await talk.send(reply(b"", *headers, status=status))

    return answer


async def silent(talk: Talk) -> None:
    """Never answer."""
    await talk.hold()


async def resets(talk: Talk) -> None:
    """Reset."""
    talk.reset()


async def leaves(talk: Talk) -> None:
    """Redirect each article to another domain."""
    if talk.path == "/feed":
        await talk.send(news(talk, "leaving", 3))
    elif report("leaving", 2) in talk.path:
        await talk.send(reply(b"", "Location: http://shop.hostile.example/x", status="301 Moved"))
    elif "report" in talk.path:
        await talk.send(healthy(talk.path))
    else:
        await talk.send(GONE)


_site = partial(shown, kind="site", must=ALONE, saves=3)
_down = partial(dies, count=300, good=3)
LATER = answers("503 Later", "Retry-After: 999999999")
SLOWER = answers("429 Slow", "Retry-After: -7")
HOSTS = (
    _site("site-silent", "is silent after 3 of 300 articles",
          answer=_down("silent", then=silent), asked=AROUND + 3 + FAILURES, ends=("host down",),
          settings={"DOWNLOAD_TIMEOUT": "1"}),
    _site("site-resetting", "resets after 3 of 300 articles",
          answer=_down("resetting", then=resets), asked=AROUND + 3 + FAILURES, ends=("host down",)),
    _site("site-unavailable", "answers 503 with a huge Retry-After after 3 of 300 articles",
          answer=_down("unavailable", then=LATER), asked=AROUND + 3 + FAILURES,
          ends=("host down",)),
    _site("site-refusing", "answers 403 after 3 of 300 articles",
          answer=_down("refusing", then=answers("403 No")), asked=AROUND + 3 + REFUSALS,
          ends=("blocked",)),
    _site("site-limiting", "answers 429 after 3 of 300 articles",
          answer=_down("limiting", then=SLOWER), asked=AROUND + 3 + REFUSALS, ends=("blocked",)),
    _site("site-budget", "has more articles than HOST_BUDGET", must="is asked so often, no more",
          answer=dies("budget", count=60, good=60, then=silent), saves=20, asked=40,
          ends=("host budget",), settings={"HOST_BUDGET": "40"}),
    _site("site-leaving", "redirects an article to another domain", must="asks nothing there",
          answer=leaves, saves=2, asked=AROUND + 3, ends=("off-site",)),
)  # fmt: skip
