"""The settings of a channel's widget, in the words of one language."""

from collections.abc import Mapping, Sequence

from gateways.api.call import Call
from gateways.api.customer.callers import actor_on
from gateways.conversations.channels import channel_named, channel_of_kind
from gateways.exceptions import invalid_field
from gateways.http.answer import Answer
from gateways.http.problems import invalid_input
from gateways.services import Services
from schemas.api.widget import AskedQuestion, AttachmentLimits, OfferedChoice, WidgetSettings
from schemas.configuration import Channel, FormQuestion, Widget
from schemas.customer_texts import DEFAULT_LANGUAGE, fallbacks

__all__ = ["widget_settings"]

_DEFAULT = Widget()
_MAX_AGE = 5
"""The seconds for which a client may keep the answer."""


async def widget_settings(call: Call) -> Answer[WidgetSettings]:
    """Texts and labels are in the ``language`` that is asked for, a BCP 47 tag, or in the channel's own. Texts that
    the channel does not word otherwise are left out."""
    name = call.query.get("channel")
    if name is None:
        raise invalid_input("channel", "name the channel, such as ?channel=web")
    channel = channel_named(call.services.configuration, name)
    if channel.kind != "web":
        raise invalid_field("channel", f"the channel {name} is of kind {channel.kind}; a widget is for one of kind web")
    actor_on(call, channel)
    return Answer(_settings(call.services, channel, call.query.get("language")), max_age=_MAX_AGE)


def _settings(services: Services, channel: Channel, language: str | None) -> WidgetSettings:
    """The channel's own texts are those of the language alone, because the widget has words of its own in it. Labels
    are in another language if there are none in this one."""
    widget = channel.widget or _DEFAULT
    spoken = fallbacks(language or channel.language)
    return WidgetSettings(
        mode=widget.mode,
        theme=widget.theme,
        launcher=widget.launcher,
        storage=widget.storage,
        location=widget.location,
        sound=widget.sound,
        identity_required=channel.identity_required,
        bot=channel.bot is not None,
        accent=widget.accent,
        language=channel.language,
        callback_channel=_callback_channel(services, widget),
        max_wait_seconds=widget.max_wait_seconds,
        attachments=_attachment_limits(services) if widget.attachments else None,
        texts={name: words for name, text in widget.texts.items() if (words := _words(text, spoken)) is not None},
        form=[_asked(question, [*spoken, *fallbacks(channel.language), DEFAULT_LANGUAGE]) for question in widget.form],
    )


def _callback_channel(services: Services, widget: Widget) -> str | None:
    if widget.mode == "live":
        return None
    return widget.callback_channel or channel_of_kind(services.configuration, "callback")


def _attachment_limits(services: Services) -> AttachmentLimits:
    settings = services.settings.attachments
    return AttachmentLimits(settings.max_bytes, settings.media_types)


def _asked(question: FormQuestion, languages: Sequence[str]) -> AskedQuestion:
    options = [OfferedChoice(option.value, _label(option.label, languages)) for option in question.options]
    return AskedQuestion(question.name, _label(question.label, languages), question.kind, question.required, options)


def _label(text: Mapping[str, str], languages: Sequence[str]) -> str:
    return _words(text, languages) or next(iter(text.values()))


def _words(text: Mapping[str, str], languages: Sequence[str]) -> str | None:
    by_language = {language.lower(): words for language, words in text.items()}
    return next((by_language[language] for language in languages if language in by_language), None)
