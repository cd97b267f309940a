"""What customers send over Twilio, and what Twilio says of our messages, is read as the other channels' is."""

from typing import Any

import pytest

from gateways.connectors.channels.exceptions import UnreadableRequestError
from gateways.connectors.channels.inbound import (
    Inbound,
    InboundContact,
    InboundCustomer,
    InboundFile,
    InboundMessage,
    InboundReceipt,
)
from gateways.connectors.channels.twilio.inbound import read_fields
from gateways.connectors.channels.twilio.signature import signed_fields
from schemas.configuration.connectors import TwilioSettings
from schemas.content import LocationContent
from schemas.posting import PostedText
from tests.gateways.connectors.channels.twilio.requests import (
    ACCOUNT,
    MESSAGE_ID,
    SENDER,
    SMS,
    TOKEN,
    URL,
    WHATSAPP,
    call,
    written,
)


def received(fields: dict[str, str], settings: TwilioSettings = SMS, url: str = URL) -> Inbound:
    request = call(fields, url)
    return read_fields(settings, request, signed_fields(request, [TOKEN], {}))


def message(settings: TwilioSettings = SMS, **fields: str) -> InboundMessage:
    (item,) = received(written(**fields), settings).items
    assert isinstance(item, InboundMessage)
    return item


def on_whatsapp(**fields: str) -> InboundMessage:
    return message(WHATSAPP, **{"From": "whatsapp:+436641234567", "To": f"whatsapp:{SENDER}"} | fields)


def test_a_text_by_sms() -> None:
    inbound = received(written())
    assert inbound == Inbound(
        items=[
            InboundMessage(
                provider_id="SM" + "1" * 32,
                customer=InboundCustomer(id="+15005550009", phone="+15005550009"),
                content=PostedText(text="Hello"),
            )
        ],
        account=SENDER,
    )


@pytest.mark.parametrize("sender", ["12345", "EXAMPLE"])
def test_a_short_code_or_a_name_is_no_phone_number(sender: str) -> None:
    assert message(From=sender).customer == InboundCustomer(id=sender)


def test_white_space_and_signs_of_any_script_are_kept_and_nul_is_not() -> None:
    assert message(Body="  Grüß\0 Gott 😀\n").content == PostedText(text="  Grüß Gott 😀\n")


def test_a_customer_on_whatsapp_is_known_by_the_number() -> None:
    found = on_whatsapp(ProfileName="Ada", WaId="436641234567").customer
    assert found == InboundCustomer(id="whatsapp:+436641234567", name="Ada", phone="+436641234567")


def test_the_id_of_the_person_comes_before_the_number() -> None:
    found = on_whatsapp(
        ExternalUserId="whatsapp:AT.1a2b", ParentExternalUserId="whatsapp:AT.ENT.9z", WaId="436641234567"
    ).customer
    assert found.id == "whatsapp:AT.1a2b"
    assert found.aliases == ["whatsapp:+436641234567", "whatsapp:AT.ENT.9z"]
    assert found.phone == "+436641234567"


def test_a_customer_with_a_user_name_may_have_no_number() -> None:
    found = on_whatsapp(From="whatsapp:AT.1a2b", ExternalUserId="AT.1a2b", ProfileUsername="ada").customer
    assert found == InboundCustomer(id="whatsapp:AT.1a2b", name="ada")


def test_the_number_of_the_account_may_differ_from_the_one_that_was_dialled() -> None:
    found = on_whatsapp(From="whatsapp:+5511987654321", WaId="551187654321").customer
    assert (found.id, found.aliases) == ("whatsapp:+5511987654321", ["whatsapp:+551187654321"])


def test_the_press_of_a_button_is_its_title_with_its_token() -> None:
    found = on_whatsapp(
        Body="Yes, please", ButtonText="Yes, please", ButtonPayload="AZ0:1", OriginalRepliedMessageSid="SM2"
    )
    assert (found.content, found.token, found.pressed_id) == (PostedText(text="Yes, please"), "AZ0:1", "SM2")


def test_the_choice_from_a_list_is_its_title_with_its_token() -> None:
    found = on_whatsapp(Body="Monday", ListTitle="Monday", ListId="AZ0:4", MessageType="interactive")
    assert (found.content, found.token) == (PostedText(text="Monday"), "AZ0:4")


def test_a_place() -> None:
    found = on_whatsapp(
        Body="",
        Latitude="48.2082",
        Longitude="16.3738",
        Label="Stephansplatz",
        Address="1010 Wien",
        MessageType="location",
    )
    assert found.content == LocationContent(
        latitude=48.2082, longitude=16.3738, name="Stephansplatz", address="1010 Wien"
    )


@pytest.mark.parametrize("latitude", ["91", "nan", "inf", "", "north"])
def test_a_place_that_is_none_is_named_in_brackets(latitude: str) -> None:
    found = on_whatsapp(Body="", Latitude=latitude, Longitude="16.3738", MessageType="location")
    assert found.content == PostedText(text="[location]")


def test_a_picture_with_words() -> None:
    url = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1"
    found = on_whatsapp(Body="My invoice", NumMedia="1", MediaUrl0=url, MediaContentType0="image/jpeg")
    assert found.content == InboundFile(
        kind="image", reference={"url": url}, media_type="image/jpeg", text="My invoice"
    )


def test_several_files_are_several_messages_in_their_order() -> None:
    urls = [f"https://api.twilio.com/{number}" for number in range(3)]
    types = ["video/mp4", "audio/amr", "text/x-vcard"]
    fields = {f"MediaUrl{number}": url for number, url in enumerate(urls)}
    fields |= {f"MediaContentType{number}": type_ for number, type_ in enumerate(types)}
    items = received(written(NumMedia="3", Body="Look", **fields)).items
    found = [item for item in items if isinstance(item, InboundMessage) and isinstance(item.content, InboundFile)]
    sid = "SM" + "1" * 32
    assert [item.provider_id for item in found] == [sid, f"{sid}:1", f"{sid}:2"]
    files: list[Any] = [item.content for item in found]
    assert [(file.kind, file.reference["url"], file.text) for file in files] == [
        ("video", urls[0], "Look"),
        ("audio", urls[1], None),
        ("file", urls[2], None),
    ]


@pytest.mark.parametrize("fields", [{"NumMedia": "x"}, {"NumMedia": "2"}, {"NumMedia": "9" * 5000}])
def test_files_that_are_not_there_are_not_read(fields: dict[str, str]) -> None:
    assert message(SMS, **fields).content == PostedText(text="Hello")


def test_what_has_no_counterpart_is_named_in_brackets() -> None:
    assert on_whatsapp(Body="", MessageType="order").content == PostedText(text="[order]")


@pytest.mark.parametrize("fields", [{"Body": ""}, {"Body": " \u200b"}, {"Body": "", "MessageType": "reaction"}])
def test_what_holds_nothing_to_read_is_left_out(fields: dict[str, str]) -> None:
    inbound = received(written(**fields))
    assert inbound.items == []
    assert len(inbound.left_out) == 1


def test_a_message_of_another_account_is_left_out() -> None:
    inbound = received(written(AccountSid="AC" + "b" * 32))
    assert (inbound.items, inbound.left_out) == ([], [f"SM{'1' * 32} is of another account"])


def test_a_message_for_another_number_names_it() -> None:
    assert received(written(To="+15005550001")).account == "+15005550001"


def test_all_numbers_of_the_messaging_service_are_the_channels() -> None:
    service = "MG" + "c" * 32
    settings = TwilioSettings(account=ACCOUNT, sender=SENDER, auth_token="twilio_token", messaging_service=service)
    assert received(written(To="+15005550001", MessagingServiceSid=service), settings).account is None
    assert received(written(To="+15005550001"), settings).account == "+15005550001"


@pytest.mark.parametrize("missing", ["MessageSid", "From", "To"])
def test_a_request_of_another_form_is_unreadable(missing: str) -> None:
    with pytest.raises(UnreadableRequestError):
        received(written(**{missing: ""}))


@pytest.mark.parametrize("word", ["STOP", " stop\n", "Unsubscribe", "CANCEL"])
def test_a_customer_opts_out_by_a_word_alone(word: str) -> None:
    (contact,) = received(written(Body=word)).items
    assert isinstance(contact, InboundContact)
    assert (contact.customer_id, contact.reachable) == ("+15005550009", False)
    assert contact.reason == f"has opted out by writing {word.strip().upper()}"


def test_a_word_in_a_sentence_opts_nobody_out() -> None:
    assert message(Body="Stop please").content == PostedText(text="Stop please")


def test_a_customer_opts_in_again() -> None:
    assert received(written(Body="Start")).items == [
        InboundContact(customer_id="+15005550009", reachable=True, reason="has opted in by writing START")
    ]


def test_a_word_that_may_be_an_answer_is_a_message_too() -> None:
    contact, answer = received(written(Body="Yes")).items
    assert contact == InboundContact(customer_id="+15005550009", reachable=True, reason="has opted in by writing YES")
    assert isinstance(answer, InboundMessage)
    assert answer.content == PostedText(text="Yes")


def test_words_are_messages_where_twilio_keeps_no_list() -> None:
    settings = TwilioSettings(account=ACCOUNT, sender=SENDER, auth_token="twilio_token", opt_out_words=False)
    assert message(settings, Body="Cancel").content == PostedText(text="Cancel")
    assert on_whatsapp(Body="STOP").content == PostedText(text="STOP")


def test_twilio_names_words_of_the_services_own() -> None:
    for settings, sender in ((SMS, "+15005550009"), (WHATSAPP, "whatsapp:+15005550009")):
        (contact,) = received(written(From=sender, Body="Abmelden", OptOutType="STOP"), settings).items
        assert contact == InboundContact(
            customer_id=sender, reachable=False, reason="has opted out by writing ABMELDEN"
        )
    (contact,) = received(written(Body="Anmelden", OptOutType="START")).items
    assert isinstance(contact, InboundContact)
    assert contact.reachable


def test_a_cry_for_help_is_a_message() -> None:
    assert message(Body="HELP", OptOutType="HELP").content == PostedText(text="HELP")


def became(status: str, url: str = f"{URL}?id={MESSAGE_ID}", **fields: str) -> Inbound:
    sent = {"MessageSid": "SM" + "2" * 32, "AccountSid": ACCOUNT, "From": SENDER, "To": "+15005550009"}
    return received(sent | {"MessageStatus": status, "SmsStatus": status} | fields, url=url)


@pytest.mark.parametrize(
    ("status", "expected"), [("delivered", "delivered"), ("partially_delivered", "delivered"), ("read", "read")]
)
def test_a_receipt_names_our_message(status: str, expected: Any) -> None:
    assert became(status) == Inbound(
        items=[
            InboundReceipt(
                status=expected, provider_id="SM" + "2" * 32, message_id=MESSAGE_ID, customer_id="+15005550009"
            )
        ],
        account=SENDER,
    )


@pytest.mark.parametrize("url", [URL, f"{URL}?id=", f"{URL}?id=../x", f"{URL}?other={MESSAGE_ID}"])
def test_a_receipt_without_our_id_names_twilios(url: str) -> None:
    (receipt,) = became("read", url).items
    assert isinstance(receipt, InboundReceipt)
    assert (receipt.provider_id, receipt.message_id) == ("SM" + "2" * 32, None)


@pytest.mark.parametrize(
    ("code", "unreachable", "detail"),
    [
        ("30003", False, "the customer's phone is off or without reception"),
        ("30006", True, "a landline receives no messages"),
        ("21610", True, "the customer has opted out by writing STOP, until START"),
        ("63016", False, "the customer has not written for 24 hours: only templates are taken"),
        ("63024", True, "the number is not on WhatsApp"),
        ("99999", False, "https://www.twilio.com/docs/api/errors/99999"),
    ],
)
def test_a_failure_has_its_code_in_words(code: str, unreachable: bool, detail: str) -> None:
    for status in ("failed", "undelivered"):
        (receipt,) = became(status, ErrorCode=code, ErrorMessage="To +15005550009").items
        assert isinstance(receipt, InboundReceipt)
        assert (receipt.status, receipt.code, receipt.detail, receipt.unreachable) == (
            "failed",
            code,
            detail,
            unreachable,
        )


def test_a_failure_may_have_no_code() -> None:
    (receipt,) = became("canceled").items
    assert isinstance(receipt, InboundReceipt)
    assert (receipt.status, receipt.code, receipt.detail) == ("failed", None, None)


@pytest.mark.parametrize("status", ["accepted", "scheduled", "queued", "sending", "sent"])
def test_a_message_on_its_way_is_no_receipt(status: str) -> None:
    assert became(status) == Inbound(items=[], account=SENDER)


def test_a_status_of_tomorrow_is_left_out() -> None:
    assert became("teleported").left_out == [f"SM{'2' * 32} is teleported"]
