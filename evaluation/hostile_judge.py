"""Judge a crawl of the hostile server: what survived it, and whether each property holds."""

import json
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from evaluation.hostile_behaviour import LISTED, SAVED, Behaviour, story
from evaluation.hostile_listings import SECRET
from evaluation.hostile_run import Ended, Group
from evaluation.hostile_server import HostileServer
from evaluation.hostile_texts import FORGED

MEGABYTES = 1024  # for a crawl with all its processes
GOOD_CODES = {0, 3, 4}
RECORD = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?:INFO|WARNING|ERROR|CRITICAL): |\d+ new, |    |$"
)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")
STOLEN = (SECRET, "root:x:0:0")
"""What only a file of the machine, or credentials, could have brought."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one behaviour."""

    behaviour: Behaviour
    survived: bool
    right: bool
    end: str
    """What came, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a crawl left behind."""

    texts: dict[str, str]
    """Contents of the files of articles by the address that was asked for."""

    refusals: dict[str, str]
    """Classes of refusals by address, from the state."""

    log: list[str]
    trouble: str
    """What the crawl as a whole did wrong; empty where nothing."""

    @classmethod
    def of(cls, ended: Ended) -> "Evidence":
        """Read it."""
        texts = {}
        for index in ended.folder.glob("articles/*/index.jsonl"):
            for line in index.read_text(encoding="utf-8").splitlines():
                entry = json.loads(line)
                path = ended.folder / entry["path"]
                texts[entry["link"]] = path.read_text(encoding="utf-8")
        refusals = dict(refused(ended.folder / "state.db"))
        return cls(texts, refusals, ended.log.splitlines(), trouble_in(ended, texts))

    def end_of(self, url: str) -> str:
        """Return `SAVED`, or why there is no article."""
        if url in self.texts:
            return SAVED
        if url in self.refusals:
            return self.refusals[url]
        told = re.compile(rf"(?:WARNING|INFO): ([^<>]+?):? {re.escape(url)}(?![\w/?=%.-])")
        found = next((match[1] for line in self.log if (match := told.search(line))), "")
        return found.replace("closed by ", "") or "nothing is told of it"


def refused(state: Path) -> list[tuple[str, str]]:
    """Return the addresses that ended without an article, with the first word of the reason."""
    with sqlite3.connect(f"file:{state}?mode=ro", uri=True) as connection:
        query = "select url, reason from links where status = 'refused'"
        return [(url, reason.partition(":")[0]) for url, reason in connection.execute(query)]


def trouble_in(ended: Ended, texts: dict[str, str]) -> str:
    """Return what the crawl did wrong as a whole."""
    if ended.code is None:
        return f"had to be killed after {ended.seconds:.0f} s"
    if ended.code not in GOOD_CODES:
        return f"exit code {ended.code}"
    if ended.peak > MEGABYTES:
        return f"{ended.peak:.0f} MB"
    lost = [url for url in ended.healthy if not is_whole(texts.get(url, ""), name_of(url))]
    return f"lost {len(lost)} healthy pages: {lost[0]}" if lost else ""


def judge(group: Group, server: HostileServer, ended: Ended) -> list[Verdict]:
    """Return the verdict of each behaviour of *group*."""
    evidence = Evidence.of(ended)
    harm = harm_in(ended, server)
    verdicts = []
    for one in group.behaviours:
        end, fault = JUDGES.get(one.kind, page_end)(one, server, evidence, ended)
        asked = server.requests(one)
        if one.asked and asked > one.asked:
            fault = fault or f"asked {asked} times"
        fault = evidence.trouble or fault or harm
        survived = not evidence.trouble
        verdicts.append(Verdict(one, survived, not fault, f"{end}; {fault}" if fault else end))
    return verdicts


def page_end(
    one: Behaviour, server: HostileServer, evidence: Evidence, ended: Ended
) -> tuple[str, str]:
    """Return what came of a page, and what is wrong with it."""
    url = server.url_of(one)
    end = evidence.end_of(url)
    if end not in one.ends:
        return end, f"should be {' or '.join(one.ends)}"
    if end == SAVED and not is_whole(evidence.texts[url], one.name):
        return end, "its text is not whole"
    return end, ""


def listing_end(
    one: Behaviour, server: HostileServer, evidence: Evidence, ended: Ended
) -> tuple[str, str]:
    """Return what came of a listing: its two articles, or why it was lost."""
    names = (f"/listed/{one.name}-{which}-report-today" for which in ("first", "second"))
    found = [name for name in names if any(url.endswith(name) for url in evidence.texts)]
    if len(found) == 2:  # noqa: PLR2004  # as each names
        end = LISTED
    else:
        end = evidence.end_of(f"{server.url_of(one)}")
        end = re.sub(r"^(?:feed|sitemap) \S+: ", "", end)
    if end in one.ends:
        return end, ""
    told = [line for line in evidence.log if f"{server.url_of(one)}:" in line]
    reason = re.search(
        r": (no listing|too large|internal address|timeout|its end is cut off)", " ".join(told)
    )
    end = reason[1] if reason else f"{len(found)} of its articles"
    return end, "" if end in one.ends else f"should be {' or '.join(one.ends)}"


def site_end(
    one: Behaviour, server: HostileServer, evidence: Evidence, ended: Ended
) -> tuple[str, str]:
    """Return what came of a site."""
    told = ended.told
    counts, failed = str(told.get("counts", "")), dict(told.get("failed", {}))
    end = f"{counts}; asked {server.requests(one)} times"
    if int(told.get("new", 0)) < one.saves:
        return end, f"should save {one.saves}"
    if missing := [reason for reason in one.ends if reason not in failed]:
        return end, f"should tell of {missing[0]}"
    return end, ""


JUDGES = {"feed": listing_end, "sitemap": listing_end, "site": site_end}


def harm_in(ended: Ended, server: HostileServer) -> str:
    """Return what the crawl did that it never may: outside its folder, inside the network."""
    asked = [path for (port, path) in server.asked if port == "inside"]
    if asked:
        return f"asked a server inside for {asked[0]}"
    files = [path for path in ended.folder.rglob("*.txt") if "articles" in path.parts]
    odd = [path for path in files if not PLAIN_NAME.fullmatch(path.name)]
    if odd:
        return f"wrote {odd[0]}"
    lines = ended.log.split("\n")
    forged = [line for line in lines if line.startswith(FORGED) or not RECORD.match(line)]
    if forged or CONTROL.search(ended.log):
        return f"logged {(forged or ['a control character'])[0][:60]!r}"
    contents = [ended.log, *(path.read_text(encoding="utf-8") for path in files)]
    stolen = [secret for secret in STOLEN for content in contents if secret in content]
    return f"holds {stolen[0]}" if stolen else ""


def name_of(url: str) -> str:
    """Return the name of the article at *url*."""
    return url.rpartition("/")[2].partition("?")[0]


def is_whole(content: str, name: str) -> bool:
    """Whether the file of an article has each of its paragraphs."""
    return all(paragraph in content for paragraph in story(name))
