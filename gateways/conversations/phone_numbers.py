"""Phone numbers that customers leave, in the one form in which they are kept and dialled: E.164."""

from functools import cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

from gateways.conversations.exceptions import PhoneNumberError

__all__ = ["calling_codes", "to_e164"]

_INTERNATIONAL = PhoneNumberFormat.INTERNATIONAL
_EXAMPLE_REGION = "AT"
"""The example in a message is of this region where no region is known."""

_WHY_IMPOSSIBLE = {
    ValidationResult.TOO_SHORT: "has too few digits",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "has no area code",
    ValidationResult.TOO_LONG: "has too many digits",
    ValidationResult.INVALID_COUNTRY_CODE: "begins with no country code",
}


@cache
def calling_codes() -> dict[str, str]:
    """The countries (ISO 3166-1) of numbers that can be called back, each with the calling code before its numbers."""
    countries = [
        (region, code) for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items() for region in regions
    ]
    return {region: str(code) for region, code in sorted(countries) if region in phonenumbers.SUPPORTED_REGIONS}


def to_e164(text: str, region: str | None) -> str:
    """Both ``0660 1234567`` in the region ``AT`` and ``+43 660 1234567`` in any region become ``+436601234567``.

    A number without a country code is one of the ``region`` (ISO 3166-1). Raises PhoneNumberError, also for numbers
    that cost the caller extra: a person who leaves such a number would be paid for our call.
    """
    if region is not None and region not in phonenumbers.SUPPORTED_REGIONS:
        raise PhoneNumberError(f"the region {region[:8]!r} is unknown: write an ISO 3166-1 code such as AT")
    number = _parsed(text, region)
    if number.extension:
        raise PhoneNumberError("the phone number has an extension: leave it out, or write it into the subject")
    if any(character.isalpha() for character in text):
        raise PhoneNumberError(f"the phone number has letters in it: {_such_as(region)}")
    if not phonenumbers.is_valid_number(number):
        why = _WHY_IMPOSSIBLE.get(phonenumbers.is_possible_number_with_reason(number), "is not in use")
        raise PhoneNumberError(f"the phone number {why}: {_such_as(region)}")
    if phonenumbers.number_type(number) == PhoneNumberType.PREMIUM_RATE:
        raise PhoneNumberError("the phone number costs the caller extra: write an ordinary one")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _parsed(text: str, region: str | None) -> PhoneNumber:
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException as error:
        if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            why = "begins with no country code"
        elif error.error_type == NumberParseException.TOO_LONG:
            why = "has too many digits"
        else:
            why = "is none"
        raise PhoneNumberError(f"the phone number {why}: {_such_as(region)}") from error


def _such_as(region: str | None) -> str:
    example = phonenumbers.example_number(region or _EXAMPLE_REGION)
    if example is None:
        return "write it with its country code"
    return f"write it with its country code, such as {phonenumbers.format_number(example, _INTERNATIONAL)}"
