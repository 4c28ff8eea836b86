"""Query parameters that newsletters, feeds and social networks add to count their readers."""

import re

TRACKING = re.compile(
    r"""(?:utm|pk|mtm|hsa|mc|at|ns)_\w+ | _ga | _gl | _hs(?:enc|mi) | mkt_tok | cmpid
    | (?:fb|g|d|ms|y|tw|tt)clid | gclsrc | [gw]braid | igshid | spref | ref_(?:src|url)
    | guccounter | guce_\w+
    | phpsessid | jsessionid | aspsessionid\w* | session_?id | cfid | cftoken | zenid | oscsid""",
    re.VERBOSE | re.IGNORECASE,
)
"""Names of parameters that tell of a visit, not of a page; a session is new on every page."""

SESSION = re.compile(r";jsessionid=[^/;?#]*", re.IGNORECASE)
"""A session in a path."""


def without_session(path: str) -> str:
    """Return *path* without the session that Java's servers write into it."""
    return SESSION.sub("", path)


def without_tracking(query: str) -> str:
    """Return *query* without empty parts and what tells of a visit; the rest in its order."""
    parts = (part for part in query.split("&") if part)
    return "&".join(part for part in parts if not TRACKING.fullmatch(part.partition("=")[0]))
