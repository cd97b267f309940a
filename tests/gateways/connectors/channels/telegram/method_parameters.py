"""The parameters of the Bot API's methods, as documented, and how a call gives them.

Telegram itself ignores parameters that it does not know. Here they are refused, because they are mistakes.

Source: https://core.telegram.org/bots/api.
"""

from typing import Annotated, Any, NamedTuple

import msgspec
from aiohttp import web
from aiohttp.multipart import BodyPartReader

__all__ = ["METHODS", "InlineKeyboard", "Parameters", "UploadedFile", "read_call"]

_NESTED = {"allowed_updates", "link_preview_options", "reply_markup"}
"""What a form holds as JSON."""


class UploadedFile(NamedTuple):
    name: str
    media_type: str
    content: bytes


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class _Key(_Strict, frozen=True, kw_only=True):
    text: Annotated[str, msgspec.Meta(min_length=1)]
    callback_data: Annotated[str, msgspec.Meta(min_length=1)]

    def __post_init__(self) -> None:
        if len(self.callback_data.encode()) > 64:
            raise ValueError("BUTTON_DATA_INVALID")


class InlineKeyboard(_Strict, frozen=True, kw_only=True):
    inline_keyboard: list[Annotated[list[_Key], msgspec.Meta(min_length=1)]]


class _LinkPreview(_Strict, frozen=True, kw_only=True):
    is_disabled: bool


Caption = Annotated[str, msgspec.Meta(max_length=1024)]


class Parameters(_Strict, frozen=True, kw_only=True):
    pass


class _ToChat(Parameters, frozen=True, kw_only=True):
    chat_id: int
    reply_markup: InlineKeyboard | None = None


class _SendMessage(_ToChat, frozen=True, kw_only=True):
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]
    link_preview_options: _LinkPreview | None = None


class _SendPhoto(_ToChat, frozen=True, kw_only=True):
    photo: str
    caption: Caption | None = None


class _SendVideo(_ToChat, frozen=True, kw_only=True):
    video: str
    caption: Caption | None = None


class _SendAnimation(_ToChat, frozen=True, kw_only=True):
    animation: str
    caption: Caption | None = None


class _SendAudio(_ToChat, frozen=True, kw_only=True):
    audio: str
    caption: Caption | None = None


class _SendVoice(_ToChat, frozen=True, kw_only=True):
    voice: str
    caption: Caption | None = None


class _SendDocument(_ToChat, frozen=True, kw_only=True):
    document: str
    caption: Caption | None = None
    disable_content_type_detection: bool = False


class _SendLocation(_ToChat, frozen=True, kw_only=True):
    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    longitude: Annotated[float, msgspec.Meta(ge=-180, le=180)]


class _SendVenue(_SendLocation, frozen=True, kw_only=True):
    title: Annotated[str, msgspec.Meta(min_length=1)]
    address: Annotated[str, msgspec.Meta(min_length=1)]


class _SendContact(_ToChat, frozen=True, kw_only=True):
    phone_number: Annotated[str, msgspec.Meta(min_length=1)]
    first_name: Annotated[str, msgspec.Meta(min_length=1)]
    last_name: str | None = None
    vcard: str | None = None

    def __post_init__(self) -> None:
        if len((self.vcard or "").encode()) > 2048:
            raise ValueError("the vCard is too long")


class _SendChatAction(Parameters, frozen=True, kw_only=True):
    chat_id: int
    action: str


class _AnswerCallbackQuery(Parameters, frozen=True, kw_only=True):
    callback_query_id: str
    text: Annotated[str, msgspec.Meta(max_length=200)] | None = None


class _EditMessageReplyMarkup(Parameters, frozen=True, kw_only=True):
    chat_id: int
    message_id: int
    reply_markup: InlineKeyboard | None = None


class _GetFile(Parameters, frozen=True, kw_only=True):
    file_id: str


class _SetWebhook(Parameters, frozen=True, kw_only=True):
    url: str
    secret_token: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,256}\Z")] | None = None
    allowed_updates: list[str] = []
    max_connections: Annotated[int, msgspec.Meta(ge=1, le=100)] = 40
    drop_pending_updates: bool = False


class _DeleteWebhook(Parameters, frozen=True, kw_only=True):
    drop_pending_updates: bool = False


class _GetUpdates(Parameters, frozen=True, kw_only=True):
    offset: int | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 100
    timeout: Annotated[int, msgspec.Meta(ge=0)] = 0
    allowed_updates: list[str] | None = None


METHODS: dict[str, type[Parameters]] = {
    "getMe": Parameters,
    "getFile": _GetFile,
    "getUpdates": _GetUpdates,
    "setWebhook": _SetWebhook,
    "deleteWebhook": _DeleteWebhook,
    "getWebhookInfo": Parameters,
    "sendMessage": _SendMessage,
    "sendPhoto": _SendPhoto,
    "sendVideo": _SendVideo,
    "sendAnimation": _SendAnimation,
    "sendAudio": _SendAudio,
    "sendVoice": _SendVoice,
    "sendDocument": _SendDocument,
    "sendLocation": _SendLocation,
    "sendVenue": _SendVenue,
    "sendContact": _SendContact,
    "sendChatAction": _SendChatAction,
    "answerCallbackQuery": _AnswerCallbackQuery,
    "editMessageReplyMarkup": _EditMessageReplyMarkup,
}


async def read_call(request: web.Request, type_: type[Parameters]) -> tuple[Parameters, UploadedFile | None]:
    """The parameters, and the file that goes with them. Raises msgspec.ValidationError and msgspec.DecodeError."""
    if request.content_type == "application/json":
        return msgspec.json.decode(await request.read() or b"{}", type=type_), None
    given: dict[str, Any] = {}
    files: dict[str, UploadedFile] = {}
    if request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            content, name = bytes(await part.read()), part.name or ""
            if part.filename is not None:
                files[name] = UploadedFile(part.filename, part.headers.get("Content-Type", ""), content)
            else:
                given[name] = content.decode()
    else:
        given = {name: str(value) for name, value in (await request.post()).items()}
    for name in _NESTED & given.keys():
        given[name] = msgspec.json.decode(given[name])
    file = next(iter(files.values()), None)
    if file is not None:  # its parameter is the part's name, or refers to it
        given = {**dict.fromkeys(files.keys() & set(type_.__struct_fields__), "attach://"), **given}
    return msgspec.convert(given, type_, strict=False), file
