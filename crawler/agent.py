"""Say who asks: an honest user agent."""

from importlib.metadata import PackageNotFoundError, version

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

NAME = "dateline"


def name_contact(settings: BaseSettings) -> None:
    """Make the user agent out of name, version and the setting ``CONTACT``.

    One given on the command line or in a spider stays.
    """
    if (settings.getpriority("USER_AGENT") or 0) < SETTINGS_PRIORITIES["project"]:
        settings.set("USER_AGENT", user_agent(settings["CONTACT"]), priority="project")


def user_agent(contact: str) -> str:
    """Return the user agent: ``dateline/0.1.0 (+https://example.com/bot)``."""
    try:
        product = f"{NAME}/{version(NAME)}"
    except PackageNotFoundError:  # run from a checkout that is not installed
        product = NAME
    return f"{product} (+{contact})" if contact else product
