"""The lines by which cron and systemd call ``scrapy due``."""

import datetime as dt
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.schedules.entry import Entry
from crawler.schedules.times import Cron, Every, Rule

COARSE, FINE = 5, 1  # minutes between two calls

CRON = """\
# {sites}
{minutes} * * * * cd {folder} && {python} -m scrapy due >> schedule.log 2>&1
"""

SYSTEMD = """\
# ~/.config/systemd/user/dateline.service
[Unit]
Description={sites}

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={python} -m scrapy due
# a site that is unhealthy or refuses (3, 4) is no failure of the service
SuccessExitStatus=3 4 5 11
# the crawls get SIGTERM from scrapy due, and time to finish their pages
KillMode=mixed
TimeoutStopSec=120

# ~/.config/systemd/user/dateline.timer
[Unit]
Description={sites}

[Timer]
OnCalendar=*:{minutes}
Persistent=true

[Install]
WantedBy=timers.target
"""


@dataclass(frozen=True, slots=True)
class Call:
    """How ``scrapy due`` is called."""

    folder: Path
    """Folder of the project."""

    python: str
    """The interpreter of its virtual environment."""


def cron(entries: Sequence[Entry], call: Call) -> str:
    """Return a line for a crontab; ``%`` would end its command and is escaped."""
    minutes = "*" if _step(entries) == FINE else f"*/{COARSE}"
    folder, python = (
        shlex.quote(str(one)).replace("%", r"\%") for one in (call.folder, call.python)
    )
    return CRON.format(sites=_sites(entries), minutes=minutes, folder=folder, python=python)


def systemd(entries: Sequence[Entry], call: Call) -> str:
    """Return a service and a timer; ``%`` would begin a specifier and is escaped."""
    folder, python = (str(one).replace("%", "%%") for one in (call.folder, call.python))
    return SYSTEMD.format(
        sites=_sites(entries).replace("%", "%%"),
        minutes=f"0/{_step(entries)}",
        folder=folder,
        python=f'"{python}"' if " " in python else python,
    )


PRINTERS: Mapping[str, Callable[[Sequence[Entry], Call], str]] = {
    "cron": cron,
    "systemd": systemd,
}


def _sites(entries: Sequence[Entry]) -> str:
    return f"Dateline: {', '.join(entry.name for entry in entries)}"


def _step(entries: Sequence[Entry]) -> int:
    return COARSE if all(_is_coarse(entry.rule) for entry in entries) else FINE


def _is_coarse(rule: Rule) -> bool:
    if isinstance(rule, Every):
        return not rule.step % dt.timedelta(minutes=COARSE)
    return not isinstance(rule, Cron) or all(minute % COARSE == 0 for minute in rule.minutes)
