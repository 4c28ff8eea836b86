"""Pages that are no article: consent and log-in walls, bot challenges, soft 404s, section fronts."""

import re
from collections.abc import Sequence

from cleaners.blocks import Block
from cleaners.errors import CleaningError, NoContentError, NotAnArticleError
from cleaners.page import Page
from cleaners.text import count_words, one_line

SHORT = 120  # words; a longer text is an article, whatever its headline sounds like
LEAST = 5  # words; brief news of one sentence is news
FRONT_LINKS = 0.6  # share of linked characters above which a text is a list of headlines
FRONT_BLOCKS = 5

MISSING = re.compile(
    r"\b404\b|(?:page|seite|article|story|content|document)s? (?:was |is |could |can )?(?:not|no longer|nicht)"
    r" (?:be )?(?:found|gefunden|available|exist)|not found|page (?:doesn.t|does not) exist|page introuvable"
    r"|página no encontrada|página não encontrada|pagina non trovata|pagina niet gevonden|seite nicht gefunden"
    r"|nie znaleziono strony|страница не найдена|sidan (?:kunde inte hittas|hittades inte)|siden (?:ble|blev) ikke"
    r"|stránka nenalezena|sayfa bulunamadı|ページが見つかりません|页面不存在|找不到页面|الصفحة غير موجودة",
    re.IGNORECASE,
)
CHALLENGE = re.compile(
    r"just a moment|attention required|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|are you (?:a )?(?:human|robot)|access (?:to this page has been )?denied|please enable (?:js|javascript|cookies)"
    r"|unusual traffic|pardon our interruption|security check|bot detection|request blocked|^forbidden$|^403\b"
    r"|ddos.protection|under maintenance|site maintenance|service unavailable|temporarily unavailable",
    re.IGNORECASE,
)
CONSENT = re.compile(
    r"\bcookies?\b|\bconsent\b|einwilligung|zustimm(?:en|ung)|consentement|consentimiento|consenso|toestemming|samtycke"
    r"|samtykke|personal(?:i[sz]ed)? (?:data|ads|advertising)|personenbezogene|données personnelles|datos personales"
    r"|privacy (?:policy|settings|cent(?:er|re))|datenschutz|\bgdpr\b|\bdsgvo\b|\brgpd\b|werbefrei|our partners"
    r"|partners? (?:and|to) (?:store|use|process)|tracking",
    re.IGNORECASE,
)
CONSENT_TITLE = re.compile(
    r"consent|cookie|before you continue|zustimm|datenschutz|privacy|bevor sie fortfahren", re.I
)
LOGIN_TITLE = re.compile(
    r"^(?:please )?(?:log ?in|sign ?in|anmelden|anmeldung|einloggen|connexion|se connecter|identifiez-vous|iniciar sesión"
    r"|entrar|accedi|inloggen|logga in|logg inn|log ind|войти|вход|zaloguj|giriş|登录|ログイン)\b"
    r"|(?:log|sign) in to (?:continue|read|your)|subscribe to (?:continue|read)|register to (?:continue|read)",
    re.IGNORECASE,
)


def refuse(page: Page, kept: Sequence[Block], title: str) -> CleaningError | None:
    """Return why *page*, of which *kept* would be the text, is no article; None where it is one."""
    words = sum(count_words(block.text) for block in kept)
    if words < SHORT:
        reason = wall(page, kept, title)
        if reason:
            return NotAnArticleError(f"{reason}: {page.url}")
    if consent_share(kept) > 0.5:  # noqa: PLR2004 - more than half of the words
        return NotAnArticleError(f"consent wall: {page.url}")
    if words < LEAST:
        return NoContentError(f"no article text: {page.url}")
    if is_front(page, kept):
        return NoContentError(f"section front, a list of links: {page.url}")
    return None


def wall(page: Page, kept: Sequence[Block], title: str) -> str:
    """Return what a page with little text is by its headlines; empty where they say nothing."""
    headings = [one_line(page.head_title), title]
    headings += [one_line(element.text_content()) for element in page.root.iter("h1", "h2")][:4]
    text = " ".join(block.text for block in kept)[:400]
    for reason, pattern in (("soft 404", MISSING), ("challenge", CHALLENGE)):
        if any(pattern.search(heading) for heading in headings) and not states_article(page):
            return reason
    if CONSENT_TITLE.search(" ".join(headings)) and CONSENT.search(text or page.head_title):
        return "consent wall" if not states_article(page) else ""
    if any(LOGIN_TITLE.search(heading) for heading in headings) and not states_article(page):
        return "log-in wall"
    return ""


def states_article(page: Page) -> bool:
    """Whether the page declares itself an article: some report on cookies, bots and missing pages."""
    return bool(page.articles) or page.first_meta("og:type").lower() == "article"


def consent_share(kept: Sequence[Block]) -> float:
    """Return the share of words in blocks that speak of consent at least twice."""
    total = sum(count_words(block.text) for block in kept)
    about = sum(count_words(block.text) for block in kept if len(CONSENT.findall(block.text)) > 1)
    return about / total if total else 0.0


def is_front(page: Page, kept: Sequence[Block]) -> bool:
    """Whether the text is a list of links to other pages."""
    if states_article(page) or len(kept) < FRONT_BLOCKS:
        return False
    total = sum(len(block.text) for block in kept)
    linked = sum(len(block.text) * block.link_share for block in kept)
    return linked > FRONT_LINKS * total
