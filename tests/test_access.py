"""Who may do what: a table of people against a thing, and the rules that hold for anybody and anything."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhdang.access import ROLES, Actor, Permission, Post, Standing, Thing, decide, may, scope

DAY = date(2026, 6, 1)
SINCE, UNTIL = date(2026, 1, 1), date(2026, 12, 31)

# An assignment of the plan that the department runs: led by health, with education, asked of the Front.
ASSIGNMENT = Thing(
    {
        Standing.OWNER: frozenset({"health"}),
        Standing.RUNS: frozenset({"home affairs"}),
        Standing.LEADS: frozenset({"health"}),
        Standing.PARTNERS: frozenset({"education"}),
        Standing.REQUESTED: frozenset({"front"}),
        Standing.ABOVE: frozenset({"home affairs", "ministry"}),
    },
    authors=frozenset({"an"}),
)
# A commune's report, sent through its culture office to the committee.
REPORT = Thing(
    {
        Standing.OWNER: frozenset({"commune"}),
        Standing.VIA: frozenset({"culture office"}),
        Standing.RECIPIENT: frozenset({"committee"}),
        Standing.ABOVE: frozenset({"culture office", "committee", "home affairs"}),
    },
    authors=frozenset({"an"}),
)


def person(role: str, agency: str, name: str = "bình") -> Actor:
    return Actor(name, (Post(ROLES[role], agency, SINCE, UNTIL),), DAY)


R, W, A, G = Permission.READ, Permission.WRITE, Permission.APPROVE, Permission.RECEIVE
# (role, agency, what they may do to the assignment, what they may do to the report)
PEOPLE = [
    ("agency_officer", "health", {R, W}, set()),  # leads
    ("agency_officer", "education", {R, W}, set()),  # helps
    ("agency_officer", "front", {R, W}, set()),  # is asked
    ("agency_officer", "justice", set(), set()),  # a neighbour
    ("agency_officer", "ministry", {R}, set()),  # above on the line
    ("programme_lead", "home affairs", {R, W, A}, {R}),
    ("programme_lead", "justice", set(), set()),
    ("agency_leader", "health", {R, A}, set()),
    ("agency_leader", "justice", set(), set()),
    ("finance_officer", "health", {R}, set()),
    ("inspector", "home affairs", {R}, {R}),
    ("analyst", "home affairs", set(), set()),  # figures only
    ("administrator", "health", set(), set()),  # runs the system, reads nothing
    ("commune_officer", "commune", set(), {R, W}),
    ("commune_officer", "other commune", set(), set()),
    ("agency_officer", "culture office", set(), {R, G}),  # the report comes through it
    ("agency_officer", "committee", set(), {R}),  # the recipient reads
]


@pytest.mark.parametrize(("role", "agency", "assignment", "report"), PEOPLE, ids=[f"{p[0]} of {p[1]}" for p in PEOPLE])
def test_what_people_may_do(role: str, agency: str, assignment: set[Permission], report: set[Permission]) -> None:
    actor = person(role, agency)
    assert {p for p in (R, W, A, G) if may(actor, p, ASSIGNMENT)} == assignment
    assert {p for p in (R, W, A, G) if may(actor, p, REPORT)} == report


def test_nobody_approves_their_own_work() -> None:
    author, other = person("agency_leader", "health", "an"), person("agency_leader", "health")
    assert may(other, A, ASSIGNMENT)
    assert not may(author, A, ASSIGNMENT)
    assert "chính mình" in decide(author, A, ASSIGNMENT).reason


def test_a_post_counts_on_its_days_only() -> None:
    post = Post(ROLES["agency_officer"], "health", SINCE, UNTIL)
    days = {
        day: may(Actor("bình", (post,), day), R, ASSIGNMENT)
        for day in (SINCE, UNTIL, date(2025, 12, 31), date(2027, 1, 1))
    }
    assert days == {SINCE: True, UNTIL: True, date(2025, 12, 31): False, date(2027, 1, 1): False}


def test_an_inspector_needs_a_last_day() -> None:
    with pytest.raises(ValueError, match="last day"):
        Post(ROLES["inspector"], "home affairs", SINCE)


def test_two_posts_give_both() -> None:
    posts = (Post(ROLES["agency_officer"], "health", SINCE), Post(ROLES["agency_leader"], "education", SINCE))
    both = Actor("bình", posts, DAY)
    assert may(both, W, ASSIGNMENT) and may(both, A, ASSIGNMENT)


def test_what_the_lead_published_a_neighbour_reads() -> None:
    published = Thing({**ASSIGNMENT.agencies, Standing.PUBLISHED: frozenset({"justice"})})
    neighbour = person("agency_officer", "justice")
    assert may(neighbour, R, published) and not may(neighbour, W, published)


@pytest.mark.parametrize("permission", [Permission.RUN_SYSTEM, Permission.MANAGE_ACCOUNTS, Permission.EDIT_MAP])
def test_what_concerns_the_installation(permission: Permission) -> None:
    assert may(person("administrator", "health"), permission)
    assert not may(person("agency_officer", "health"), permission)


def test_a_refusal_says_why() -> None:
    nobody = Actor("bình", (), DAY)
    assert "không giữ nhiệm vụ" in decide(nobody, R, ASSIGNMENT).reason
    assert "Vai trò" in decide(person("analyst", "health"), W, ASSIGNMENT).reason
    assert "Cơ quan của bạn" in decide(person("agency_officer", "justice"), R, ASSIGNMENT).reason


def test_roles_are_told_in_plain_words() -> None:
    for code, role in ROLES.items():
        assert role.code == code and role.title and role.description.endswith(".") and role.grants


def test_the_administrator_has_no_permission_on_contents() -> None:
    contents = {Permission.READ, Permission.WRITE, Permission.APPROVE, Permission.RECEIVE, Permission.READ_AUDIT}
    assert not contents & set(ROLES["administrator"].grants)


AGENCIES = st.sampled_from(["a", "b", "c"])
PEOPLE_NAMES = st.sampled_from(["an", "bình"])
POSTS = st.builds(
    Post, st.sampled_from(list(ROLES.values())), AGENCIES, st.dates(SINCE, UNTIL), st.dates(SINCE, date(2027, 6, 1))
)
ACTORS = st.builds(Actor, PEOPLE_NAMES, st.lists(POSTS, max_size=3).map(tuple), st.just(DAY))
THINGS = st.builds(
    Thing,
    st.dictionaries(st.sampled_from(Standing), st.frozensets(AGENCIES)),
    st.frozensets(PEOPLE_NAMES),
)


@given(ACTORS, st.sampled_from(Permission), THINGS)
def test_lists_and_single_things_agree(actor: Actor, permission: Permission, thing: Thing) -> None:
    """`scope`, which lists ask, holds a thing exactly where `may`, which its page asks, says yes."""
    assert scope(actor, permission).holds(thing) == may(actor, permission, thing)


@given(ACTORS, st.sampled_from(Permission))
def test_who_stands_to_a_thing_in_no_way_may_only_what_concerns_the_installation(
    actor: Actor, permission: Permission
) -> None:
    if may(actor, permission, Thing({})):
        assert permission in (Permission.RUN_SYSTEM, Permission.MANAGE_ACCOUNTS, Permission.EDIT_MAP)


@given(ACTORS, st.sampled_from(Permission), THINGS, POSTS)
def test_another_post_never_takes_away(actor: Actor, permission: Permission, thing: Thing, post: Post) -> None:
    more = Actor(actor.person, (*actor.posts, post), actor.day)
    assert may(more, permission, thing) or not may(actor, permission, thing)
