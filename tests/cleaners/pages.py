"""Small pages for tests."""


def page(body: str = "", *, head: str = "", lang: str = "en") -> bytes:
    return (
        f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>".encode()
    )


PROSE = (
    "The ferry company said on Monday that the morning boat would leave an hour later all winter.",
    "Island councillors had asked for the change since the school timetable moved in September.",
    "Commuters to the mainland will have to take the cargo boat, which carries twelve passengers.",
    "A final decision on fares is expected before the harbour board meets again in January.",
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def article(extra: str = "", *, head: str = "<title>Morning boat to leave later</title>") -> bytes:
    body = f"<article><h1>Morning boat to leave later</h1>{paragraphs(*PROSE)}{extra}</article>"
    return page(body, head=head)


URL = "https://example.org/2024/03/12/morning-boat"
