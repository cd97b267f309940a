"""JSON schemas as types of TypeScript."""

import json
from typing import Any

__all__ = ["Schema", "declaration", "type_of"]

Schema = dict[str, Any]
_ANY_OBJECT = "{ [name: string]: unknown }"
_SIMPLE = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def declaration(name: str, component: Schema) -> str:
    """The type of a component. Fields that are not required may be left out in answers too."""
    match component["properties"]:
        case {"type": {"enum": names}, "data": {"anyOf": data}}:
            common = {
                field: schema for field, schema in component["properties"].items() if field not in {"type", "data"}
            }
            cases = zip(names, map(type_of, data), strict=True)
            options = "".join(f"  | {{ type: {json.dumps(type_)}; data: {shape} }}\n" for type_, shape in cases)
            declared = f"type {name} = {{\n{_fields(component, common)}}} & (\n{options});\n"
        case fields:
            declared = f"interface {name} {{\n{_fields(component, fields)}}}\n"
    return _documented(component, declared)


def _fields(component: Schema, fields: Schema) -> str:
    return "".join(
        _documented(schema, f"  {name}{'' if name in component['required'] else '?'}: {type_of(schema)};\n", "  ")
        for name, schema in fields.items()
    )


def _documented(described: Schema, declared: str, indent: str = "") -> str:
    """The declaration below what the description says of it."""
    text = described.get("description", "").replace("``", "`")
    lines = [f" {line}".rstrip() for line in text.splitlines()]
    if not lines:
        return declared
    if len(lines) == 1:
        return f"{indent}/**{lines[0]} */\n{declared}"
    return "".join([f"{indent}/**\n", *(f"{indent} *{line}\n" for line in lines), f"{indent} */\n", declared])


def type_of(schema: Schema) -> str:
    match schema:
        case {"$ref": reference}:
            return str(reference).rpartition("/")[2]
        case {"const": value}:
            return json.dumps(value)
        case {"enum": values}:
            return " | ".join(map(json.dumps, values))
        case {"anyOf": options}:
            return " | ".join(dict.fromkeys(map(type_of, options)))
        case {"type": "array"}:
            return f"Array<{type_of(schema.get('items', {}))}>"
        case {"type": "object", "additionalProperties": dict(values)} if values:
            return f"{{ [name: string]: {type_of(values)} }}"
        case {"type": "object"}:
            return _ANY_OBJECT
        case {"contentMediaType": _}:
            return "Blob"
        case {"type": type_}:
            return _SIMPLE[type_]
    return "unknown"
