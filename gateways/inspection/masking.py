"""Hiding personal and secret values in JSON data, according to the marks in the data's type."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from msgspec import Meta, Struct, inspect
from msgspec.structs import replace

__all__ = ["MASK", "masked", "masked_rows", "without_secrets"]

Row = TypeVar("Row", bound=Struct)

MASK = "•••"
"""The text in place of a value that the reader may not see."""

Masker = Callable[[Any], Any]
Marks = tuple[str, ...]

_OBJECTS = (inspect.StructType, inspect.NamedTupleType, inspect.DictType)
_LISTS = (inspect.ListType, inspect.SetType, inspect.FrozenSetType, inspect.VarTupleType, inspect.TupleType)
_SECRET: Marks = ("x-secret",)
_PERSONAL: Marks = ("x-secret", "x-personal")
_WHERE = "x-personal-where"


def masked(data: Any, data_type: Any) -> Any:
    """The data of this type, with ``MASK`` in place of personal and secret values and of fields that the type does not
    have."""
    masker = _masker_of(data_type, _PERSONAL)
    return masker(data) if masker is not None else data


def without_secrets(data: Any, data_type: Any) -> Any:
    """The data of this type, with ``MASK`` in place of secret values alone."""
    masker = _masker_of(data_type, _SECRET)
    return masker(data) if masker is not None else data


def masked_rows(rows: Sequence[Row], row_type: type[Row]) -> list[Row]:
    """The rows of a table, structs of plain values, with ``MASK`` in place of personal and secret values."""
    maskers = _masked_columns(row_type)
    if not maskers:
        return list(rows)
    return [replace(row, **{name: mask(getattr(row, name)) for name, mask in maskers.items()}) for row in rows]


@cache
def _masked_columns(row_type: type[Struct]) -> dict[str, Masker]:
    info = inspect.type_info(row_type)
    fields = info.fields if isinstance(info, inspect.StructType) else ()
    return {field.name: masker for field in fields if (masker := _masker(field.type, _PERSONAL)) is not None}


@cache
def _masker_of(data_type: Any, marks: Marks) -> Masker | None:
    if hasattr(data_type, "describe"):
        return _hide if _mentions(data_type, marks, set()) else None
    return _masker(inspect.type_info(data_type), marks)


def _mentions(hint: Any, marks: Marks, seen: set[Any]) -> bool:
    """Whether a field is marked, of a class that describes itself in another shape than its fields have."""
    if any((meta.extra_json_schema or {}).get(mark) for meta in _metas(hint) for mark in (*marks, _WHERE)):
        return True
    parts = list(get_args(hint))
    if isinstance(hint, type) and hint not in seen and hint.__module__ != "builtins":
        seen.add(hint)
        parts += get_type_hints(hint, include_extras=True).values()
    return any(_mentions(part, marks, seen) for part in parts)


def _metas(hint: Any) -> list[Meta]:
    return [meta for meta in getattr(hint, "__metadata__", ()) if isinstance(meta, Meta)]


def _masker(info: inspect.Type, marks: Marks) -> Masker | None:
    """The masker of this type; None when nothing of it is marked."""
    match info:
        case inspect.Metadata():
            return _hide if _is_marked(info, marks) else _masker(info.type, marks)
        case inspect.StructType() | inspect.NamedTupleType():
            return _of_class(info, marks)
        case inspect.UnionType():
            return _of_union(info, marks)
        case inspect.DictType():
            return _of_mapping(info, marks)
        case inspect.ListType() | inspect.SetType() | inspect.FrozenSetType() | inspect.VarTupleType():
            return _of_items(info.item_type, marks)
        case inspect.TupleType():
            return _of_places(info, marks)
    return None


def _hide(data: Any) -> Any:
    return None if data is None else MASK


def _of_class(info: inspect.StructType | inspect.NamedTupleType, marks: Marks) -> Masker | None:
    fields = {field.name: _masker(field.type, marks) for field in info.fields}
    conditions = {
        field.name: found for field in info.fields if marks is _PERSONAL and (found := _condition(field.type))
    }
    if marks is _SECRET and not _holds(info, marks):
        return None
    tag_field = info.tag_field if isinstance(info, inspect.StructType) else None
    known = {*fields, *([tag_field] if tag_field else [])}

    def mask(data: Any) -> Any:
        if not isinstance(data, Mapping):
            return MASK
        kept = {}
        for name, value in data.items():
            masker = fields.get(name)
            hidden = name not in known or (name in conditions and conditions[name].items() <= data.items())
            kept[name] = _hide(value) if hidden else value if masker is None else masker(value)
        return kept

    return mask


def _is_marked(info: inspect.Metadata, marks: Marks) -> bool:
    return any((info.extra_json_schema or {}).get(mark) for mark in marks)


def _holds(info: inspect.Type, marks: Marks) -> bool:
    """Whether any part of the type is marked."""
    match info:
        case inspect.Metadata():
            return _is_marked(info, marks) or _WHERE in (info.extra_json_schema or {}) or _holds(info.type, marks)
        case inspect.StructType() | inspect.NamedTupleType():
            return any(_holds(field.type, marks) for field in info.fields)
        case inspect.UnionType():
            return any(_holds(option, marks) for option in info.types)
        case inspect.DictType():
            return _holds(info.key_type, marks) or _holds(info.value_type, marks)
        case inspect.ListType() | inspect.SetType() | inspect.FrozenSetType() | inspect.VarTupleType():
            return _holds(info.item_type, marks)
        case inspect.TupleType():
            return any(_holds(item, marks) for item in info.item_types)
    return False


def _condition(info: inspect.Type) -> dict[str, Any] | None:
    """The values that fields beside it hold when the field is personal."""
    for option in info.types if isinstance(info, inspect.UnionType) else (info,):
        if isinstance(option, inspect.Metadata) and _WHERE in (option.extra_json_schema or {}):
            found: dict[str, Any] = (option.extra_json_schema or {})[_WHERE]
            return found
    return None


def _of_union(info: inspect.UnionType, marks: Marks) -> Masker | None:
    maskers = [(option, _masker(option, marks)) for option in info.types]
    if not any(masker for _, masker in maskers):
        return None
    tagged = {_bare(option).tag: masker for option, masker in maskers if _is_tagged(option)}
    tag_field = next((_bare(option).tag_field for option in info.types if _is_tagged(option)), None)
    of_objects = _only(maskers, _OBJECTS)
    of_lists = _only(maskers, _LISTS)
    values = [masker for option, masker in maskers if not isinstance(_bare(option), (*_OBJECTS, *_LISTS))]
    of_values = _hide if any(values) or not values else None

    def mask(data: Any) -> Any:
        if isinstance(data, Mapping):
            masker = tagged.get(data.get(tag_field), _hide) if tag_field else of_objects
        else:
            masker = of_lists if isinstance(data, list) else of_values
        return data if masker is None else masker(data)

    return mask


def _bare(info: inspect.Type) -> Any:
    return _bare(info.type) if isinstance(info, inspect.Metadata) else info


def _is_tagged(info: inspect.Type) -> bool:
    bare = _bare(info)
    return isinstance(bare, inspect.StructType) and bare.tag_field is not None


def _only(maskers: list[tuple[inspect.Type, Masker | None]], kinds: tuple[type, ...]) -> Masker | None:
    """The masker of the one option of these kinds; a union never has two that cannot be distinguished."""
    return next((masker for option, masker in maskers if isinstance(_bare(option), kinds)), _hide)


def _of_mapping(info: inspect.DictType, marks: Marks) -> Masker | None:
    if _masker(info.key_type, marks) is not None:
        return _hide
    of_value = _masker(info.value_type, marks)
    if of_value is None:
        return None
    return lambda data: {name: of_value(value) for name, value in data.items()} if isinstance(data, Mapping) else MASK


def _of_items(info: inspect.Type, marks: Marks) -> Masker | None:
    of_item = _masker(info, marks)
    if of_item is None:
        return None
    return lambda data: [of_item(item) for item in data] if isinstance(data, list) else MASK


def _of_places(info: inspect.TupleType, marks: Marks) -> Masker | None:
    maskers = [_masker(item, marks) for item in info.item_types]
    if not any(maskers):
        return None

    def mask(data: Any) -> Any:
        if not isinstance(data, list) or len(data) != len(maskers):
            return MASK
        return [item if masker is None else masker(item) for item, masker in zip(data, maskers, strict=True)]

    return mask
