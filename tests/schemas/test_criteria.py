"""The language of steps: criteria that admit, errors with their place, and explanations."""

import re
from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.criteria import MAX_CHARACTERS, MAX_LEVELS, RESERVED_WORDS, Attributes, parse_criterion
from schemas.criteria.tree import AllOf, AnyOf, Comparison, Expression, Flag, Has, Not, Operator
from schemas.exceptions import CriterionError
from schemas.identifiers import NAME_PATTERN

COMPARE: dict[Operator, Callable[[int, int], bool]] = {">=": ge, ">": gt, "<=": le, "<": lt, "==": eq, "!=": ne}

FEW_NAMES = st.sampled_from(["english", "sales", "a-b", "v1.2", "24h"])
NAMES = FEW_NAMES | st.from_regex(NAME_PATTERN, fullmatch=True).filter(
    lambda name: name not in RESERVED_WORDS and not name.isdecimal()
)
ATTRIBUTES = st.dictionaries(FEW_NAMES, st.booleans() | st.integers(1, 10))
LEAVES = (
    st.builds(Has, NAMES)
    | st.builds(Flag, NAMES, st.booleans())
    | st.builds(Comparison, NAMES, st.sampled_from(list(COMPARE)), st.integers(1, 10))
)
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(AllOf, st.lists(inner, min_size=2, max_size=4).map(tuple))
        | st.builds(AnyOf, st.lists(inner, min_size=2, max_size=4).map(tuple))
    ),
    max_leaves=8,
)


def printed(expression: Expression, space: str = " ", outermost: bool = True) -> str:
    """The expression as text, with no more parentheses than each chain inside another needs."""
    match expression:
        case Has(name):
            return name
        case Flag(name, value):
            return f"{name}{space}=={space}{str(value).lower()}"
        case Comparison(name, operator, number):
            return f"{name}{space}{operator}{space}{number}"
        case Not(part):
            return f"not {printed(part, space, outermost=False)}"
        case AllOf(parts) | AnyOf(parts):
            word = " and " if isinstance(expression, AllOf) else " or "
            text = word.join(printed(part, space, outermost=False) for part in parts)
            return text if outermost else f"({space}{text}{space})"


def holds(expression: Expression, attributes: Attributes) -> bool:
    match expression:
        case Has(name):
            return name in attributes and attributes[name] is not False
        case Flag(name, value):
            return (attributes.get(name, False) is not False) == value
        case Comparison(name, operator, number):
            degree = attributes.get(name, False)
            return degree is not True and degree is not False and COMPARE[operator](degree, number)
        case Not(part):
            return not holds(part, attributes)
        case AllOf(parts):
            return all(holds(part, attributes) for part in parts)
        case AnyOf(parts):
            return any(holds(part, attributes) for part in parts)


class TestAdmitting:
    @pytest.mark.parametrize(
        ("text", "attributes"),
        [
            ("", {}),
            (" \t\n ", {"sales": True}),
            ("sales", {"sales": True}),
            ("english", {"english": 1}),
            ("english >= 8 and sales", {"english": 8, "sales": True}),
            ("english > 7", {"english": 8}),
            ("english <= 8", {"english": 8}),
            ("english < 9", {"english": 8}),
            ("english == 10", {"english": 10}),
            ("english != 8", {"english": 7}),
            ("english>=8", {"english": 8}),
            ("not trainee and (german >= 5 or french >= 5)", {"french": 5}),
            ("not english >= 5", {"english": 4}),
            ("not english >= 5", {}),
            ("not not sales", {"sales": True}),
            ("trainee == false", {}),
            ("trainee != true", {"trainee": False}),
            ("sales == true", {"sales": True}),
            ("english != false", {"english": 3}),
            ("a or b and c", {"a": True}),
            ("(((a)))", {"a": True}),
            ("tier-2.emea_dach", {"tier-2.emea_dach": True}),
            ("24h >= 2", {"24h": 2}),
            ("nothing", {"nothing": True}),
        ],
    )
    def test_admits(self, text: str, attributes: Attributes) -> None:
        criterion = parse_criterion(text)
        assert criterion.admits(attributes)
        assert criterion.explain(attributes) is None

    @pytest.mark.parametrize(
        ("text", "attributes"),
        [
            ("sales", {}),
            ("sales", {"sales": False}),
            ("english >= 8 and sales", {"english": 8}),
            ("english >= 8 and sales", {"english": 7, "sales": True}),
            ("english != 5", {}),
            ("english < 5", {}),
            ("english >= 1", {"english": True}),
            ("english != 5", {"english": False}),
            ("trainee == true", {}),
            ("trainee == false", {"trainee": True}),
            ("english == false", {"english": 1}),
            ("(a or b) and c", {"a": True}),
        ],
    )
    def test_does_not_admit(self, text: str, attributes: Attributes) -> None:
        criterion = parse_criterion(text)
        assert not criterion.admits(attributes)
        assert criterion.explain(attributes)

    @given(EXPRESSIONS, ATTRIBUTES)
    def test_agrees_with_a_naive_evaluation(self, expression: Expression, attributes: Attributes) -> None:
        criterion = parse_criterion(printed(expression))
        assert criterion.admits(attributes) == holds(expression, attributes)
        assert (criterion.explain(attributes) is None) == holds(expression, attributes)


class TestParsing:
    @given(EXPRESSIONS, st.sampled_from([" ", "  ", "\n\t"]))
    def test_a_printed_criterion_is_read_again(self, expression: Expression, space: str) -> None:
        assert parse_criterion(printed(expression, space)).expression == expression

    def test_spaces_are_free_around_operators_and_parentheses(self) -> None:
        assert parse_criterion("not(a>=1)or(b)").expression == parse_criterion(" not ( a >= 1 ) or b ").expression

    @given(
        st.text() | st.text(st.sampled_from("aA1() \n<>=!&|.-é\0")) | st.from_regex(r"(a|not|and|or|[()]|>= ?\d| )*")
    )
    def test_any_text_is_read_or_refused_at_a_place_in_it(self, text: str) -> None:
        try:
            assert parse_criterion(text).text == text
        except CriterionError as error:
            assert 0 <= error.position <= len(text)  # noqa: PT017 - most texts raise, some do not

    def test_has_a_longest_text(self) -> None:
        assert parse_criterion("a".ljust(MAX_CHARACTERS)).names == {"a"}
        with pytest.raises(CriterionError, match="at most 1024 characters"):
            parse_criterion("a".ljust(MAX_CHARACTERS + 1))

    @pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("not ", ""), ("not (", ")")])
    def test_nests_so_deep_and_no_deeper(self, opening: str, closing: str) -> None:
        levels = opening.count("(") + opening.count("not")
        most = MAX_LEVELS // levels
        assert parse_criterion(opening * most + "a" + closing * most).names == {"a"}
        with pytest.raises(CriterionError, match="nest at most 32 deep") as caught:
            parse_criterion(opening * (most + 1) + "a" + closing * (most + 1))
        assert caught.value.position == len(opening) * most

    def test_nesting_counts_open_parentheses_not_closed_ones(self) -> None:
        assert parse_criterion(" or ".join(["(not a)"] * 80)).names == {"a"}


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "place", "problem"),
        [
            ("english >= eight", "eight", "expected a whole number from 1 to 10, found 'eight'"),
            ("english >= 0", "0", "expected a whole number from 1 to 10, found '0'"),
            ("english >= 11", "11", "found '11'"),
            ("english >= 08", "08", "found '08'"),
            ("english >= -5", "-5", "found '-5'"),
            ("english >= 8.5", "8.5", "found '8.5'"),
            ("english >= ٣", "٣", "found '٣'"),
            ("english >= true", "true", "expected a whole number from 1 to 10, found 'true'"),
            ("english == yes", "yes", "expected a whole number from 1 to 10, true or false, found 'yes'"),
            ("sales == True", "True", "found 'True' (write true)"),
            ("english = 8", "= 8", "expected a comparison such as >= 5, 'and' or 'or', found '=' (write ==)"),
            ("english => 8", "=> 8", "(write >=)"),
            ("english 8", "8", "expected a comparison"),
            ("a && b", "&& b", "found '&&' (write and)"),
            ("a || b", "|| b", "(write or)"),
            ("!a", "!a", "expected an attribute, 'not' or '(', found '!' (write not)"),
            ("English >= 8", "English >= 8", "found 'English' (write english)"),
            ("a AND b", "AND b", "(write and)"),
            ("8 <= english", "8 <= english", "expected an attribute, 'not' or '(', found '8'"),
            ("a and true", "true", "expected an attribute"),
            ("-a", "-a", "found '-a'"),
            ("É", "É", "found 'É'"),
            ("größe >= 5", "öße >= 5", "found 'ö'"),
            ("a >= 5 >= 3", ">= 3", "expected 'and', 'or' or the end, found '>='"),
            ("a)", ")", "expected 'and', 'or' or the end, found ')'"),
            ("(a >= 1", "", "expected 'and', 'or' or ')', found the end"),
            ("a and", "", "expected an attribute, 'not' or '(', found the end"),
            ("()", ")", "found ')'"),
            ("a\u200b", "\u200b", "found '\\u200b'"),
            ("a" * 65, "a" * 65, "found '" + "a" * 32 + "…'"),
        ],
    )
    def test_point_at_the_place(self, text: str, place: str, problem: str) -> None:
        with pytest.raises(CriterionError) as caught:
            parse_criterion(text)
        assert problem in caught.value.problem
        assert caught.value.position == len(text) - len(place)

    def test_show_the_text_with_a_caret_under_the_place(self) -> None:
        with pytest.raises(CriterionError) as caught:
            parse_criterion("sales\nand english >= eight")
        assert str(caught.value).splitlines() == [
            "expected a whole number from 1 to 10, found 'eight'",
            "sales and english >= eight",
            "                     ^",
        ]

    def test_show_the_surroundings_in_a_long_text(self) -> None:
        with pytest.raises(CriterionError) as caught:
            parse_criterion("a and " * 60 + "B and " + "a and " * 60 + "a")
        _, line, caret = str(caught.value).splitlines()
        assert re.fullmatch(r"…[a-z ]{40}B[a-z ]{39}…", line)
        assert line[caret.index("^")] == "B"

    def test_are_plain_text_whatever_the_criterion_held(self) -> None:
        with pytest.raises(CriterionError) as caught:
            parse_criterion("\0\ud800\r")
        assert str(caught.value).encode().splitlines()[1:] == [b"   ", b"^"]


class TestChecking:
    def test_lists_names_by_their_use(self) -> None:
        criterion = parse_criterion("english >= 8 and sales and not trainee == true")
        assert criterion.names == {"english", "sales", "trainee"}
        assert criterion.proficiencies == {"english"}
        assert criterion.booleans == {"trainee"}

    @pytest.mark.parametrize(
        "text", ["", "english", "sales", "english >= 8 and sales == true", "not (sales or english < 3)"]
    )
    def test_accepts_attributes_of_the_right_type(self, text: str) -> None:
        assert parse_criterion(text).misfits({"english": "proficiency", "sales": "boolean"}) == []

    @pytest.mark.parametrize(
        ("text", "place", "problem"),
        [
            ("sales and frnch >= 5", "frnch >= 5", "there is no attribute 'frnch'"),
            ("not (english or sales >= 5)", "sales >= 5)", "'sales' is true or false: write sales or not sales"),
            ("english == true", "english == true", "'english' is a proficiency from 1 to 10: write english >= 1"),
        ],
    )
    def test_points_at_the_wrong_part(self, text: str, place: str, problem: str) -> None:
        (misfit,) = parse_criterion(text).misfits({"english": "proficiency", "sales": "boolean"})
        assert misfit.problem == problem
        assert misfit.position == len(text) - len(place)

    def test_names_every_wrong_part(self) -> None:
        found = parse_criterion("frnch >= 5 and sales >= 5 or spnish").misfits({"sales": "boolean"})
        assert [misfit.position for misfit in found] == [0, 15, 29]


class TestExplaining:
    @pytest.mark.parametrize(
        ("text", "attributes", "explanation"),
        [
            ("english >= 8 and sales", {"english": 5}, "english is 5, needs at least 8"),
            ("english >= 8 and sales", {"english": 9}, "sales is missing, but needed"),
            ("sales", {"sales": False}, "sales is false, but needed"),
            ("english > 8", {}, "english is missing, needs more than 8"),
            ("english < 3", {"english": 3}, "english is 3, needs less than 3"),
            ("english <= 3", {"english": 4}, "english is 4, needs at most 3"),
            ("english == 3", {"english": 4}, "english is 4, needs exactly 3"),
            ("english != 3", {"english": 3}, "english is 3, needs other than 3"),
            ("not english >= 8", {"english": 9}, "english is 9, needs less than 8"),
            ("not trainee", {"trainee": True}, "trainee is true, but not allowed"),
            ("trainee == false", {"trainee": True}, "trainee is true, needs false"),
            ("not trainee == true", {"trainee": True}, "trainee is true, needs false"),
            ("german >= 5 or french", {"german": 4}, "german is 4, needs at least 5; or french is missing, but needed"),
            ("not (a or b)", {"b": True}, "b is true, but not allowed"),
            ("not (a and b)", {"a": True, "b": 2}, "a is true, but not allowed; or b is 2, but not allowed"),
        ],
    )
    def test_names_the_first_part_that_fails(self, text: str, attributes: Attributes, explanation: str) -> None:
        assert parse_criterion(text).explain(attributes) == explanation
