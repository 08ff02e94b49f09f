from tests.e2e.test_main_walk import *
from tests.e2e.walk.challenge import *
from tests.factories import *

def test_tail(site, person, watch):
    with site.database():
        staff = UserFactory(is_staff=True, full_name="Rosa Benavides Salas")
        c = ChallengeFactory(title_es=TITLE_ES, title_en=TITLE_EN, criteria=[])
        from tests.factories import CriterionFactory, MembershipFactory
        for n,(a,b,w) in enumerate(CRITERIA,1): CriterionFactory(challenge=c, position=n, name_es=a, name_en=b, weight=w)
        c.problems.add(ProblemFactory(state="challenged", edition=c.edition))
        address = f"/desafios/{c.slug}/"
        m = UserFactory(full_name=MARCO.name, email=MARCO.email); o = UserFactory(full_name=OSCAR.name, email=OSCAR.email)
        mine = ActorFactory(kind="mining_company")
        for u in (m,o): MembershipFactory(user=u, actor=mine, role="user_area")
    rosa, marco, oscar, visitor = person(staff), person(m), person(o), person()
    julia = person(viewport=PHONE, has_touch=True)
    watch.tolerate(r"console on /propuestas/.*/decision/: .* status of 422")  # asked for on purpose
    sign_up(julia, site, JULIA)
    proposal.register_firm(julia, address)
    proposal.draft(julia, address)
    proposal.complete(julia)
    number = proposal.submit(julia)
    received = site.mail.wait_for(to=JULIA.email, subject=challenge.TITLE_ES)
    assert number in received.get_body(("plain",)).get_content()
    evaluation.close_call(site)
    evaluation.assign(rosa, address, MARCO, OSCAR)
    evaluation.declare_no_conflict(marco, site, MARCO)
    evaluation.score(marco, (5, 4), "Ataca el mayor costo")
    evaluation.declare_no_conflict(oscar, site, OSCAR)
    evaluation.score(oscar, (4, 4), "Se puede instalar en una parada", unseen="Ataca el mayor costo")
    evaluation.sees_the_other(oscar, "Ataca el mayor costo")
    decision.decide(rosa, address)
    decision.nothing_known_yet(julia)
    decision.release(rosa)
    decision.learn_decision(julia, site, JULIA)
    decision.see_funnel(visitor)
