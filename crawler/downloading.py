"""Download with limits that Scrapy and Twisted have none of: headers, hosts, extra bytes."""

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import HTTP11ClientProtocol, ResponseFailed
from twisted.web._newclient import Request as TxRequest
from twisted.web.http import _DataLoss, _IdentityTransferDecoder
from twisted.web.iweb import IResponse

from crawler.guard import InternalAddressError
from crawler.hosts import hosts_of

MAX_LINES = 1_000  # of headers, 1xx responses included
MAX_HEADERS = 256 * 1024  # bytes, as in Chrome
SILENCE = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
"""What a host that is down brings about. A response that was cut short is an answer."""


class HeadersError(IgnoreRequest):
    """The headers of a response are too many or too long; the message names the URL."""


class TooManyHeadersError(Exception):
    """Ends a connection whose headers do not end."""


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, which takes headers of any size.

    A request that waited for its turn while its host turned out to be down is refused here.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._hosts = hosts_of(crawler)
        self._pool._factory = _Factory  # noqa: SLF001  # as Scrapy itself does

    async def download_request(self, request: Request) -> Response:
        """Return the response to *request*.

        Raises:
            HostDownError: its host is down.
            HostBudgetError: its host was asked enough.
            HeadersError: the headers of the response are too many or too long.
            InternalAddressError: the name of its host leads inside a private network.
        """
        self._hosts.check(request)
        self._hosts.note_request(request)
        try:
            response: Response = await super().download_request(request)
        except CannotResolveHostError as error:
            self._refuse_internal(request)
            self._hosts.note_silence(request)
            raise error from None
        except DownloadFailedError as error:
            if has(error.__cause__, TooManyHeadersError):
                raise HeadersError(f"too many headers: {request.url}") from error
            self._hosts.note_silence(request)
            raise
        except SILENCE:
            self._hosts.note_silence(request)
            raise
        self._hosts.note_answer(request, response.status)
        return response

    def _refuse_internal(self, request: Request) -> None:
        from twisted.internet import reactor  # noqa: PLC0415  # must not be installed on import

        refused: dict[str, str] = getattr(getattr(reactor, "resolver", None), "refused", {})
        name = urlparse_cached(request).hostname or ""
        if name in refused:
            what = f"{name} is {refused[name]}, an internal address"
            raise InternalAddressError(what, request.url)


def has(error: BaseException | None, kind: type[BaseException]) -> bool:
    """Whether Twisted gives *kind* as a reason why a response failed."""
    return isinstance(error, ResponseFailed) and any(one.check(kind) for one in error.reasons)


class _Parser(_LenientHTTPClientParser):
    MAX_LENGTH = 64 * 1024  # bytes of one line; policies for scripts can be longer than Twisted's
    _lines = 0
    _bytes = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802  # the name is Twisted's
        self._lines += 1
        self._bytes += len(line)
        if self._lines > MAX_LINES or self._bytes > MAX_HEADERS:
            raise TooManyHeadersError
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802  # the name is Twisted's
        raise TooManyHeadersError

    def _finished(self, rest: bytes) -> None:
        if rest.strip() and isinstance(self.bodyDecoder, _IdentityTransferDecoder):
            # more came than Content-Length says, so what it says is wrong, and the page is cut
            self.bodyDecoder = None
            self.connHeaders.setRawHeaders(b"connection", [b"close"])
            self.response._bodyDataFinished(_lost(self.response))  # noqa: SLF001  # the only way
        super()._finished(rest)  # type: ignore[no-untyped-call]  # Twisted's


def _lost(response: IResponse) -> Failure:
    """Return what Twisted itself would say of a body that was cut short."""
    reasons = [Failure(_DataLoss("more than Content-Length"))]  # type: ignore[no-untyped-call]
    return Failure(ResponseFailed(reasons, response))  # type: ignore[no-untyped-call]


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: TxRequest) -> Deferred[IResponse]:
        waiting = super().request(request)
        self._parser.__class__ = _Parser  # as Scrapy's own protocol does, and for its reason
        return waiting


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(  # noqa: N802  # the name is Twisted's
        self, addr: IAddress | None
    ) -> HTTP11ClientProtocol:
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # Twisted's
