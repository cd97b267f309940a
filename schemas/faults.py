"""Every fault of a value from outside that does not fit its type. msgspec itself names the first one alone."""

import re
import types
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

import msgspec

from schemas.content import TEXT_PATTERN, URL_PATTERN, VISIBLE_PATTERN
from schemas.field_errors import FieldError
from schemas.identifiers import NAME_PATTERN, UUID_PATTERN

__all__ = ["MAX_FAULTS", "faults_of", "field_error", "in_words"]

MAX_FAULTS = 50
"""The most faults that are named at once."""

_Expected: TypeAlias = Any  # Python has no type yet for the types in annotations
_Hook: TypeAlias = Callable[[type, Any], Any]
_PLACE = re.compile(r" - at (?:`key` in )?`\$\.?(?!.* - at (?:`key` in )?`\$)(.*)`\Z", re.DOTALL)
_FIELD = re.compile(r"Object (?:missing required|contains unknown) field `([^`]*)`")
_NOT_ALLOWED = ("Invalid enum value", "Invalid value", "Object missing required field")
_REGEX = "matching regex"
_PATTERNS = {
    repr(UUID_PATTERN): "Expected a UUID in lower case",
    repr(NAME_PATTERN): "Expected a name of lower-case letters, digits, '.', '_' and '-', at most 64",
    repr(TEXT_PATTERN): "Expected more than white space, and no NUL (U+0000)",
    repr(VISIBLE_PATTERN): "Expected a visible character at least, and no NUL (U+0000)",
    repr(URL_PATTERN): "Expected an address that begins with http:// or https://",
}


def faults_of(value: object, expected: _Expected, place: str = "", dec_hook: _Hook | None = None) -> list[FieldError]:
    """The first faults of a value of plain JSON or TOML, each with its path below ``place``; none if it fits.
    ``dec_hook`` converts types of our own, as it does for msgspec."""
    return list(islice(_faults(value, expected, place, dec_hook), MAX_FAULTS))


def field_error(text: str) -> FieldError:
    """Splits msgspec's message about an invalid value into its path and its problem. Such a message is, for example,
    ``Expected `str`, got `int` - at `$.content.text```."""
    found = _PLACE.search(text)
    message, path = (text[: found.start()], found[1]) if found else (text, "")
    if field := _FIELD.match(message):
        path = _below(path, field[1])
    return FieldError(path, next((words for pattern, words in _PATTERNS.items() if pattern in message), message))


def in_words(faults: list[FieldError]) -> str:
    """The faults, a line each."""
    return "\n".join(f"{fault.path}: {fault.message}" if fault.path else fault.message for fault in faults)


def _faults(value: object, expected: _Expected, place: str, hook: _Hook | None) -> Iterator[FieldError]:
    """What is inside the value is at fault, or else the value as a whole."""
    try:
        msgspec.convert(value, expected, dec_hook=hook)
    except msgspec.ValidationError as error:
        inside = _inside(value, _chosen(value, expected), place, hook)
        first = next(inside, None)
        if first is None:
            yield _fault(field_error(str(error)), expected, place)
        else:
            yield first
            yield from inside


def _inside(value: object, expected: _Expected, place: str, hook: _Hook | None) -> Iterator[FieldError]:
    arguments = get_args(expected)
    if isinstance(value, Mapping):
        if isinstance(expected, type) and issubclass(expected, msgspec.Struct):
            yield from _fields(value, expected, place, hook)
        elif _origin(expected) is dict:
            for key, entry in value.items():
                yield from _faults(key, arguments[0], place, hook)
                yield from _faults(entry, arguments[1], _below(place, str(key)), hook)
    elif isinstance(value, list) and _origin(expected) in (list, tuple, set, frozenset):
        for number, entry in enumerate(value):
            yield from _faults(entry, arguments[0], f"{place}[{number}]", hook)


def _fields(
    value: Mapping[str, object], struct: type[msgspec.Struct], place: str, hook: _Hook | None
) -> Iterator[FieldError]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    known = [*fields, *filter(None, [struct.__struct_config__.tag_field])]
    if struct.__struct_config__.forbid_unknown_fields:
        for name in value:
            if name not in known:
                message = f"Object contains unknown field `{name}`; write one of {', '.join(known)}"
                yield FieldError(_below(place, str(name)), message)
    for name, field in fields.items():
        if name in value:
            yield from _faults(value[name], field.type, _below(place, name), hook)
        elif field.required:
            yield FieldError(_below(place, name), f"Object missing required field `{name}`")


def _chosen(value: object, expected: _Expected) -> _Expected:
    """The type that the value is meant to have: of a union the one that its tag or its shape names."""
    options = [option for option in _options(expected) if option is not types.NoneType]
    if len(options) == 1:
        return options[0]
    if isinstance(value, Mapping):
        return next((option for option in options if _is_tagged(value, option)), None)
    return None


def _origin(expected: _Expected) -> object:
    return get_origin(expected)


def _options(expected: _Expected) -> list[_Expected]:
    origin = _origin(expected)
    if origin is Annotated:
        return _options(get_args(expected)[0])
    if origin in (Union, types.UnionType):
        return [option for part in get_args(expected) for option in _options(part)]
    return [expected]


def _is_tagged(value: Mapping[str, object], option: _Expected) -> bool:
    if not (isinstance(option, type) and issubclass(option, msgspec.Struct)):
        return False
    config = option.__struct_config__
    return config.tag_field is not None and value.get(config.tag_field) == config.tag


def _fault(found: FieldError, expected: _Expected, place: str) -> FieldError:
    """The fault at its whole path, with what is allowed there."""
    message = found.message
    allowed = [str(value) for option in _options(expected) for value in _allowed(option)]
    if allowed and message.startswith(_NOT_ALLOWED):
        message = f"{message}; write one of {', '.join(allowed)}"
    elif _REGEX in message and (description := _description(expected)):
        message = f"Expected {description[0].lower()}{description[1:].rstrip('.')}"
    return FieldError(_below(place, found.path) if found.path else place, message)


def _description(expected: _Expected) -> str | None:
    """The words that stand beside a pattern."""
    for part in get_args(expected):
        if isinstance(part, msgspec.Meta) and part.pattern is not None:
            return part.description
        if found := _description(part):
            return found
    return None


def _allowed(option: _Expected) -> list[object]:
    if _origin(option) is Literal:
        return list(get_args(option))
    if isinstance(option, type) and issubclass(option, msgspec.Struct) and option.__struct_config__.tag is not None:
        return [option.__struct_config__.tag]
    return []


def _below(place: str, name: str) -> str:
    return f"{place}{name}" if name.startswith("[") else f"{place}.{name}" if place else name
