"""Phone numbers as customers write them are brought into one form, or refused."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.conversations.exceptions import PhoneNumberError
from gateways.conversations.phone_numbers import to_e164

REGIONS = st.none() | st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS))


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("0660 1234567", "AT", "+436601234567"),
        ("+43 660 1234567", None, "+436601234567"),
        ("+43 660 1234567", "US", "+436601234567"),
        ("0043 (0) 660/123-45-67", "AT", "+436601234567"),
        ("  (212) 555-2368 ", "US", "+12125552368"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("06 6982 0123", "IT", "+390669820123"),
        ("+39 06 6982 0123", "AT", "+390669820123"),
        ("\u0660\u0666\u0666\u0660 \u0661\u0662\u0663\u0664\u0665\u0666\u0667", "AT", "+436601234567"),
        ("+800 1234 5678", None, "+80012345678"),
    ],
)
def test_numbers_take_one_form(text: str, region: str | None, number: str) -> None:
    assert to_e164(text, region) == number
    assert to_e164(number, None) == number


@pytest.mark.parametrize(
    ("text", "region", "problem"),
    [
        ("0660 1234567", None, "begins with no country code: write it with its country code, such as \\+43"),
        ("+999 1234567", "US", "begins with no country code: .* such as \\+1 "),
        ("", "AT", "is none: write it"),
        ("call me", "AT", "is none: write it"),
        ("\ud800", "AT", "is none: write it"),
        ("+43 660 1234567<script>", None, "is none"),
        ("123", "AT", "has no area code"),
        ("911", "US", "has too few digits"),
        ("+43 1", None, "is none: write it"),
        ("1" * 20, "AT", "has too many digits"),
        ("+43" + "1" * 5_000, None, "has too many digits"),
        ("+1 555 010 0000", None, "is not in use"),
        ("call +43 660 1234567 now", None, "has letters in it"),
        ("1-800-FLOWERS", "US", "has letters in it"),
        ("+43 660 1234567 ext. 5", None, "has an extension: leave it out"),
        ("0900 123456", "AT", "costs the caller extra"),
        ("+1 900 234 5678", None, "costs the caller extra"),
        ("0660 1234567", "XX", "the region 'XX' is unknown: write an ISO 3166-1 code such as AT"),
        ("+43 660 1234567", "Austria" * 99, "the region 'AustriaA' is unknown"),
    ],
)
def test_others_are_refused_with_the_fix(text: str, region: str | None, problem: str) -> None:
    with pytest.raises(PhoneNumberError, match=problem) as caught:
        to_e164(text, region)
    assert "660" not in str(caught.value)


@given(st.text() | st.text(st.sampled_from("+0123456789 ()-/x;,")), REGIONS)
def test_any_text_is_one_number_or_refused(text: str, region: str | None) -> None:
    try:
        number = to_e164(text, region)
    except PhoneNumberError:
        return
    assert number.startswith("+")
    assert number[1:].isdecimal()
    assert len(number) <= 16
    assert to_e164(number, None) == number
