"""Every parameter of a query is used or refused, at every endpoint."""

from collections.abc import Iterator

import pytest

from gateways.application.application import API
from gateways.http.endpoints import Endpoint, Feed, QueryParameter
from gateways.http.problems import Problem
from gateways.http.query_checks import read_query
from schemas.identifiers import new_id
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.scene import Scene, named

pytestmark = pytest.mark.asyncio(loop_scope="module")

INVALID = "422 invalid_input"
OPEN = [each for each in API if isinstance(each, Endpoint) and each.open_query]
STRICT = [each for each in API if each not in OPEN]
WITH_PARAMETERS = [each for each in STRICT if each.query]


def wrong_values(parameter: QueryParameter) -> Iterator[str]:
    """Values that no request may give the parameter."""
    if parameter.values:
        yield from ("nope", "", f"{parameter.values[0]}x")
    elif parameter.type == "integer":
        yield from ("many", "-1", "1.5", "", "+1", "%D9%A1", "9" * 19, str(parameter.minimum - 1))
    elif parameter.type == "id":
        yield from ("nope", "", new_id().upper(), f"{new_id()}0", f"{new_id()}%0A")
    elif parameter.type == "boolean":
        yield from ("yes", "1", "", "True")
    elif parameter.names is not None:
        yield "nope"
        if parameter.listed:
            yield "alice,nope"


@pytest.mark.parametrize("endpoint", STRICT, ids=named)
async def test_an_unknown_parameter_is_refused(scene: Scene, endpoint: Endpoint | Feed) -> None:
    query = scene.query(endpoint) or "?"
    details = await scene.refused(endpoint, INVALID, body=scene.body(endpoint), query=f"{query}&nonsense=1&Limit=5")
    assert {"nonsense", "Limit"} <= {error.path for error in details.errors}


@pytest.mark.parametrize("endpoint", WITH_PARAMETERS, ids=named)
async def test_a_wrong_value_of_any_parameter_is_refused(scene: Scene, endpoint: Endpoint | Feed) -> None:
    for parameter in endpoint.query:
        for value in wrong_values(parameter):
            required = [
                f"{each.name}={next(iter(each.values), 'x')}"
                for each in endpoint.query
                if each.required and each is not parameter
            ]
            query = "&".join([*required, f"{parameter.name}={value}"])
            details = await scene.refused(endpoint, INVALID, query=f"?{query}")
            assert parameter.name in {error.path for error in details.errors}, value


@pytest.mark.parametrize("endpoint", WITH_PARAMETERS, ids=named)
async def test_a_parameter_that_is_given_twice_is_refused(scene: Scene, endpoint: Endpoint | Feed) -> None:
    name = endpoint.query[0].name
    details = await scene.refused(endpoint, INVALID, query=f"?{name}=1&{name}=1")
    assert f"{name} is given more than once" in f"{details.errors[0].path} {details.errors[0].message}"


async def test_every_fault_of_a_query_is_named() -> None:
    declared = (
        QueryParameter("figure", "The figure.", required=True),
        QueryParameter("limit", "The most rows.", "integer", minimum=1, only_with=("format", ("", "json"))),
        QueryParameter("format", "The format.", values=("json", "csv")),
        QueryParameter("at", "An instant.", excludes="version"),
        QueryParameter("version", "A version.", "integer"),
    )
    with pytest.raises(Problem) as raised:
        read_query(b"limit=0&format=csv&at=now&version=x&zone=UTC&version=2", declared)
    assert [(error.path, error.message) for error in raised.value.errors] == [
        ("version", "is given more than once; give it once"),
        ("zone", "is no parameter of this operation; it takes figure, limit, format, at, version"),
        ("figure", "is missing: The figure."),
        ("limit", "must be a whole number from 1, not '0'"),
        ("limit", "applies only without format or with format=json"),
        ("at", "cannot be given together with version"),
    ]


@pytest.mark.parametrize("accept", ["text/event-stream"])
async def test_a_live_feed_takes_no_parameter_of_a_page(scene: Scene, accept: str) -> None:
    path = f"{scene.customer.path}/events"
    answer = await scene.customer.call("GET", f"{path}?limit=5", headers={"Accept": accept})
    assert [error.path for error in answer.problem(422, "invalid_input").errors] == ["limit"]
    answer = await scene.customer.knock(f"{path}?limit=5")
    assert [error.path for error in answer.problem(422, "invalid_input").errors] == ["limit"]


async def test_parameters_that_a_provider_adds_to_a_login_are_let_through(scene: Scene) -> None:
    (callback,) = OPEN
    await scene.refused(
        callback, "400 openid_state_invalid", query="?state=unknown&code=x&session_state=y&scope=openid"
    )


async def test_a_path_that_takes_other_methods_lists_them_all(scene: Scene) -> None:
    answer = await scene.administrator.call("PATCH", "/admin/v1/queues/support")
    answer.problem(405, "method_not_allowed")
    assert answer.headers["Allow"] == "DELETE, GET, HEAD, PUT"


async def test_the_name_of_a_removed_item_stays_a_filter(scene: Scene) -> None:
    root = await Administrator.come(scene.centre)
    (await root.configure("queues/christmas", {"mrd": "chat"})).of(201)
    (await root.call("DELETE", "/admin/v1/queues/christmas")).of(204)
    found = await root.get("/agent/v1/conversations?queue=christmas")
    assert found.of(200)["conversations"] == []
    await scene.refused(
        next(each for each in STRICT if each.path == "/agent/v1/conversations"), INVALID, query="?queue=eastern"
    )
