"""One of each thing in each state, its words marked by canaries that may be heard only where they are allowed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.attachments import prepare_upload
from dialogi.commons.register import registers
from dialogi.consultations import actions as consultations
from dialogi.consultations.drafts import read_draft
from dialogi.consultations.models import Phase
from dialogi.consultations.queries.invitations import code_of_invitation
from dialogi.decisions import actions as deciding
from dialogi.figures import actions as figures
from dialogi.people import actions as people
from dialogi.portal.views import STANDING
from dialogi.systems import actions as systems
from dialogi.systems.models import AssessmentKind
from dialogi.systems.tests import factories as systems_made
from dialogi.testing import SETUP, Cast, Town, actor
from dialogi.voices import actions
from dialogi.voices.actions import Answer, ContactDetails, Said
from dialogi.voices.models import ModerationRule, Publication, State, Voice


@dataclass
class Samples:
    """What the addresses are filled with, by label, and the canaries by what they stand for."""

    keys: dict[str, dict[str, str]] = field(default_factory=dict)
    canaries: dict[str, str] = field(default_factory=dict)

    def canary(self, name: str) -> str:
        """A mark for words that stand for `name`."""
        # Letters alone: digits may look like a phone number, which pages mark and so split.
        return self.canaries.setdefault(name, f"kanariefågel {''.join(secrets.choice('bcdfghjklmnpqrstvwxz') for _letter in range(10))}")

    def add(self, sort: str, label: str, key: object) -> None:
        """A key that addresses of this sort can be filled with."""
        self.keys.setdefault(sort, {})[label] = str(key)


def _given(samples: Samples, cast: Cast, town: Town, name: str, *, publication: str = Publication.WAITING, **said: object) -> Voice:
    """A voice about snow, so for roads, with its canary in its words."""
    wanted = {"service": town.snow, "about": town.snow.subject} | said
    words = Said(text=f"Plogningen uteblev igen. {samples.canary(f'words of a {name} voice')}", language="sv", publication=publication, **wanted)  # type: ignore[arg-type]
    receipt = actions.give_voice(words, form_key=secrets.token_hex(16), by=wanted.get("by", ANONYMOUS))  # type: ignore[arg-type]
    samples.add("voice", name, receipt.voice.subject.code)
    samples.add("receipt", name, receipt.code)
    return receipt.voice


def _rule() -> ModerationRule:
    names = {"name_sv": "Personuppgifter", "name_fi": "Henkilötiedot", "name_en": "Personal data"}
    told = {"explanation_sv": "Vi visar inte andras uppgifter.", "explanation_fi": "Emme näytä muiden tietoja."}
    return ModerationRule.objects.get_or_create(code="personal-data", defaults=names | told)[0]


def _voices(samples: Samples, cast: Cast, town: Town) -> None:
    checker, handler = actor(cast.communications), actor(cast.handler)
    public = _given(samples, cast, town, "public")
    actions.publish(public, by=checker)
    actions.reply(public, answer=Answer(state=State.DONE, text_sv=f"Vi plogar nu. {samples.canary('words of a public answer')}"), by=handler)
    actions.write_note(public, text=samples.canary("an internal note"), by=handler)
    _given(samples, cast, town, "waiting")
    secret = ContactDetails(
        name=samples.canary("a name in a contact"),
        email="kanariefagel@brev.example",
        phone="+358 40 777 1234",
        postal_address=samples.canary("a postal address"),
    )
    samples.canaries |= {"an e-mail address in a contact": "kanariefagel@brev.example", "a phone number in a contact": "777 1234"}
    _given(samples, cast, town, "private", publication=Publication.NOT_ASKED, contact=secret)
    _given(samples, cast, town, "other unit's", publication=Publication.NOT_ASKED, service=town.loans, about=town.loans.subject)
    refused = _given(samples, cast, town, "refused")
    actions.refuse(refused, rule=_rule(), explanation="Namnger en privatperson.", by=checker)
    withdrawn = _given(samples, cast, town, "withdrawn")
    actions.publish(withdrawn, by=checker)
    actions.withdraw(withdrawn, rule=_rule(), explanation="Namnger en privatperson.", by=checker)
    masked = _given(samples, cast, town, "masked")
    actions.publish(masked, by=checker, masked_text="Plogningen uteblev igen. [...]", rule=_rule(), explanation="Namnger en privatperson.")


SECRET = {
    "is_public": False,
    "mention_sv": "Ett personärende",
    "mention_fi": "Henkilöasia",
    "mention_en": "A personal matter",
    "secrecy": "621/1999, 24 § 1 mom. 32",
}


def _decisions(samples: Samples, cast: Cast, town: Town) -> None:
    """A public and a secret matter; a public decision, a draft, and a secret one with a file."""
    both = {"title_sv": samples.canary("the title of a secret matter"), "title_fi": "Salainen", "summary_fi": "Salainen"}
    hidden = deciding.open_matter(by=SETUP, unit=town.roads, summary_sv=samples.canary("the summary of a secret matter"), **both, **SECRET)
    samples.add("matter", "public", town.matter.subject.code)
    samples.add("matter", "secret", hidden.subject.code)
    draft = town.council_draft(section="46", text_sv=samples.canary("the text of a decision that is a draft"))
    words = {"title_sv": samples.canary("the title of a secret decision"), "text_sv": samples.canary("the text of a secret decision"), "section": "47"}
    secret = deciding.publish_decision(town.council_draft(matter=hidden, **words, **SECRET), by=SETUP)
    paper = prepare_upload(SimpleUploadedFile("kanarie.pdf", b"%PDF-1.4\n%%EOF\n"))
    deciding.add_files(secret, uploads=[paper], description=samples.canary("what a secret file is called"), language="sv", by=SETUP)
    for label, decision in (("public", town.council_decision), ("of an office-holder", town.office_decision), ("draft", draft), ("secret", secret)):
        samples.add("decision", label, decision.subject.code)


def _people(samples: Samples, cast: Cast, town: Town) -> None:
    for sort, noun in (
        ("unit", town.roads),
        ("area", town.smedsby),
        ("organisation", town.wellbeing_county),
        ("body", town.council),
        ("post", town.road_engineer),
        ("municipality", people.the_municipality(by=SETUP)),
    ):
        samples.add(sort, "one", noun.subject.code)
    samples.add("service", "one", town.snow.slug)
    samples.add("service_point", "one", town.service_point.subject.code)
    people.fill_post(town.road_engineer, by=SETUP, person=cast.handler)
    for name, person in cast.everybody():
        if person is not None and name in {"resident", "handler", "official"}:
            samples.add("person", name, person.subject.code)
    request = people.ask_erasure(cast.another_resident, by=actor(cast.another_resident), words=samples.canary("words of a request for erasure"))
    samples.add("erasure", "one", request.pk)
    samples.canaries["a resident's own e-mail address"] = "another.resident@town.example"


def _consultations(samples: Samples, town: Town) -> None:
    annex = {"title_sv": "Karta", "title_fi": "Kartta", "promised_by": "Maria", "promised_on": clock.today()}
    because = {f"{name}_{language}": "-" for name in ("summary", "exception_because") for language in ("sv", "fi")}
    file = prepare_upload(SimpleUploadedFile("karta.txt", b"1:10 000"))
    made = consultations.add_annex(town.playground_plan, files={"sv": file}, by=SETUP, **annex, **because)
    samples.add("annex", "one", made.pk)
    ideas = town.playground_plan.phases.get()
    survey = consultations.add_phase(town.playground_plan, kind="survey", opens_at=ideas.opens_at, closes_at=ideas.closes_at, by=SETUP)
    question = consultations.add_question(survey, kind="text", text_sv="Varför?", text_fi="Miksi?", by=SETUP)
    hearing = consultations.add_phase(town.playground_plan, kind="hearing", opens_at=ideas.opens_at, closes_at=ideas.closes_at, by=SETUP)
    drafts = {"sv": read_draft(b"# Gungor\n\nVi bygger.\n", name="a.md"), "fi": read_draft(b"# Keinut\n\nRakennamme.\n", name="b.md")}
    ready = consultations.publish_version(consultations.write_version(hearing, drafts=drafts, change_words={}, by=SETUP), by=SETUP)
    later = consultations.write_version(hearing, drafts=drafts, change_words={}, by=SETUP)
    samples.add("hearing", "one", hearing.pk)
    samples.add("version", "published", ready.pk)
    samples.add("version", "being written", later.pk)
    samples.add("paragraph", "being written", later.paragraphs.last().pk)
    map_phase = consultations.add_phase(town.playground_plan, kind="opinion_map", opens_at=ideas.opens_at, closes_at=ideas.closes_at, shown="live", by=SETUP)
    for words in ({"sv": "Gungor först.", "fi": "Keinut ensin."}, {"sv": "Sand först.", "fi": "Hiekka ensin."}):
        consultations.add_statement(map_phase, texts=words, by=SETUP)
    rounds = consultations.add_phase(town.playground_plan, kind="statements", opens_at=ideas.opens_at, closes_at=ideas.closes_at, by=SETUP)
    for slug, ending in (("comments", "csv"), ("answers", "json"), ("points", "xlsx"), ("statements", "csv"), ("votes", "json"), ("statement-round", "csv")):
        samples.add("export", slug, f"{town.playground_plan.subject.code} {slug} {ending}")
    samples.add("survey", "one", survey.pk)
    samples.add("question", "one", question.pk)
    samples.add("consultation", "open", town.open_consultation.subject.code)
    _opinions(samples, Phase.objects.get(pk=map_phase.pk))
    _statements(samples, town, rounds.pk)
    told = [consultations.Given(question=question, words=samples.canary("an answer to a survey in own words"))]
    answered = consultations.respond(
        consultations.Filled(language="sv", given=told), phase=Phase.objects.get(pk=survey.pk), form_key=secrets.token_hex(16), by=ANONYMOUS
    )
    said = Said(
        text=f"Bygg gungor. {samples.canary('words of a comment that waits')}",
        language="sv",
        publication=Publication.WAITING,
        about=town.open_consultation.subject,
    )
    comment, _receipt = consultations.comment(said, consultations.Commented(phase=Phase.objects.get(pk=ideas.pk)), form_key=secrets.token_hex(16), by=ANONYMOUS)
    point = consultations.make_point(town.open_consultation, comments=[comment], by=SETUP, title_sv=samples.canary("a point that is not answered yet"))
    samples.add("comment", "one", comment.pk)
    samples.add("point", "one", point.pk)
    samples.add("response", "one", answered.response.pk)
    samples.add("response code", "one", answered.code)
    samples.add("phase", "ideas", ideas.pk)


def _harmonisation(samples: Samples, cast: Cast, town: Town) -> None:
    """A pair, and two cases: one that everybody may read, one of the staff."""
    pair = [town.map_system, town.archive_system]
    samples.add("system pair", "one", " ".join(each.subject.code for each in pair))
    samples.add("function", "one", town.road_keeping.subject.code)
    secret = samples.canary("why two systems do not overlap")
    systems.look_for_candidates(by=SETUP)
    systems.dismiss(*pair, reason=secret, by=actor(cast.ict_member))
    titles = {"title_sv": "Ett arkiv", "title_fi": "Yksi arkisto", "summary_sv": "Två system", "summary_fi": "Kaksi järjestelmää"}
    of_the_staff = systems.open_case(by=SETUP, systems=pair, **titles | {"summary_en": samples.canary("a harmonisation case of the staff")})
    samples.add("harmonisation case", "of the staff", of_the_staff.subject.code)
    samples.add("harmonisation case", "public", systems_made.public_case(town).subject.code)


def _systems(samples: Samples, cast: Cast, town: Town) -> None:
    """A system whose card is public and one that only the staff knows; what helps an attacker is heard by nobody outside."""
    for label, system in (("public", town.map_system), ("of the staff", town.archive_system)):
        samples.add("system", label, system.subject.code)
        secret = {name: samples.canary(f"a system's {name}") for name in ("network", "notes")}
        systems.write_technical_details(system, by=SETUP, version=samples.canary("a system's version"), **secret)
        systems.assess(system, kind=AssessmentKind.SECURITY, summary=samples.canary("an assessment of a system"), by=actor(cast.ict_member))
    systems.edit_system(town.archive_system, by=SETUP, product=samples.canary("the product of a system of the staff"))
    systems.add_integration(town.map_system, other_end="Kanta", by=SETUP)
    figures.record_amount(town.map_system, certainty="estimate", year=2026, euros=1200, source_kind="estimate", source="IKT", by=SETUP)
    run = systems.keep_file(source="lista", file_name="lista.csv", content=b"Namn;Kod\nKartan;1\n", by=actor(cast.ict_member))
    systems.remember_mapping(run.source, mapping={"columns": {"name": "Namn"}}, by=actor(cast.ict_member))
    samples.add("import", "one", run.pk)
    samples.add("system use", "one", town.map_system.uses.get().pk)
    _harmonisation(samples, cast, town)
    town.road_data, town.map_contract  # noqa: B018 - made when first asked for
    correction = systems.say_wrong(town.map_system, text=samples.canary("the words of a correction"), language="sv", by=ANONYMOUS)
    samples.add("correction", "one", correction.pk)
    for description, sort in ((town.map_card, "system"), (town.house_model, "house")):
        samples.add("description", sort, description.subject.code)
        key = f"{town.map_system.subject.code} card" if sort == "system" else "model"
        samples.add(f"{sort} {'card' if sort == 'system' else 'description'}", "one", key)
        samples.add(f"{sort} file", "json", f"{key} json")


def _opinions(samples: Samples, phase: Phase) -> None:
    """Somebody has voted; of their proposals one waits and one was refused."""
    ids = phase.opinion_statements.values_list("pk", flat=True)
    mine = consultations.vote(phase, votes=dict.fromkeys(ids, 1), voter=consultations.Voter(language="sv", form_key=secrets.token_hex(16)), by=ANONYMOUS)
    again = consultations.Voter(language="sv", known=mine)
    words = [samples.canary("a proposed statement that waits"), samples.canary("a proposed statement that was refused")]
    waits, refused = (consultations.propose_statement(phase, text=text, language="sv", voter=again, by=ANONYMOUS) for text in words)
    consultations.refuse_statement(refused, rule=_rule(), explanation=samples.canary("why a proposed statement was refused"), by=SETUP)
    samples.add("opinion map", "one", phase.pk)
    samples.add("opinion", "the planner's", ids[0])
    samples.add("opinion", "waiting", waits.pk)
    samples.add("opinion", "refused", refused.pk)


def _statements(samples: Samples, town: Town, key: int) -> None:
    """A council that has begun to write, and an organisation that has given its statement, each at an address that nobody else sees."""
    phase = Phase.objects.select_related("consultation__subject").get(pk=key)
    samples.canaries["the address of an invitation"] = "kanarieradet@brev.example"
    asked = [consultations.Invited(who=who, language="sv", email="kanarieradet@brev.example") for who in (town.youth_council, town.wellbeing_county, town.council)]
    begun, given, silent = consultations.invite(phase, invited=asked, due_at=phase.closes_at, by=SETUP)
    signed = {"filled": consultations.Filled(language="sv"), "signer_role": "Ordförande"}
    words = samples.canary("a statement that is not sent yet")
    consultations.save_statement(begun, stated=consultations.Stated(words=words, signer_name=samples.canary("who will sign"), **signed), by=ANONYMOUS)
    consultations.send_statement(given, stated=consultations.Stated(words="Vi understöder planen.", signer_name="Alva Berg", **signed), by=ANONYMOUS)
    samples.add("statement round", "one", phase.pk)
    for label, invitation in (("begun", begun), ("answered", given)):
        samples.add("invitation", label, invitation.pk)
    samples.add("invitation code", "one that is silent", code_of_invitation(silent))


def _registers(samples: Samples, cast: Cast) -> None:
    """The first row of every register that its keeper sees."""
    for slug, register in registers.items():
        samples.add("register", slug, slug)
        for name in ("administrator", "communications", "registrar", "head_of_unit"):
            row = register.rows(actor(getattr(cast, name))).first()
            if row is not None:
                samples.add("register row", slug, f"{slug} {register.key_of(row)}")
                break


def make(cast: Cast, town: Town) -> Samples:
    """Fill a town with one of each."""
    samples = Samples()
    _voices(samples, cast, town)
    theme = actions.open_theme(titles={"sv": "Plogning", "fi": "Auraus", "en": "Ploughing"}, unit=town.roads, by=actor(cast.handler))
    samples.add("theme", "one", theme.subject.code)
    actions.edit_theme(theme, titles={"sv": "Plogning i byarna"}, summaries={}, is_need=False, by=actor(cast.handler))
    samples.add("translation", "outdated", theme.subject.code)
    _consultations(samples, town)
    _decisions(samples, cast, town)
    _people(samples, cast, town)
    _systems(samples, cast, town)
    _registers(samples, cast)
    for name in STANDING:
        samples.add("standing page", name, name)
    return samples
