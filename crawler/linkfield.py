"""What led to a page, as JSON in the header of its record in the archive."""

import json
from typing import get_args

from crawler.fetch import Fetch
from crawler.link import Link, Origin, read_moment


def written_link(fetch: Fetch) -> str:
    """Return what led to a page, in ASCII."""
    link = fetch.link
    fields = {
        "requested": fetch.requested_url if fetch.requested_url != fetch.url else "",
        "url": link.url if link.url != fetch.requested_url else "",
        "published": link.published.isoformat() if link.published else "",
        "title": link.title,
        "origin": link.origin,
        "listing": link.listing,
    }
    # in ASCII: a title may hold whatever would break a line
    return json.dumps({name: value for name, value in fields.items() if value})


def read_link(field: str | None, url: str) -> tuple[str, Link | None]:
    """Return the address before redirects, and the link; *url* is that of the response."""
    if field is None:
        return url, None
    fields: dict[str, str] = json.loads(field)
    requested = fields.get("requested", url)
    link = Link(
        url=fields.get("url", requested),
        published=read_moment(fields.get("published", "")),
        title=fields.get("title", ""),
        origin=_origin(fields["origin"]),
        listing=fields.get("listing", ""),
    )
    return requested, link


def _origin(name: str) -> Origin:
    return next(origin for origin in get_args(Origin) if origin == name)
