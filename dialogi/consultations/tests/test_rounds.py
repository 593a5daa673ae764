"""A statement round: invited by a planner, answered by the link, late, declined, silent; published, gathered and told with everything else."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialogi.commons import clock
from dialogi.commons.actors import machine
from dialogi.commons.codes import normalise
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.commons.sending import email_of
from dialogi.consultations import actions
from dialogi.consultations.actions import Filled, Invited, Stated
from dialogi.consultations.models import Comment, Consultation, Invitation, InvitationState, Lateness
from dialogi.consultations.queries.invitations import code_of_invitation, held_statements
from dialogi.people.actions import create_organisation
from dialogi.people.models import Organisation
from dialogi.people.rules import SWEEPER
from dialogi.testing import SETUP, Cast, Town, actor, client_for, days_later
from dialogi.voices.actions import forget_in_voices
from dialogi.voices.models import Voice
from dialogi.voices.tests.sent import sent

SIGNED = {"signer_name": "Alva Berg", "signer_role": "Ordförande", "language": "sv"}


def address(invitation: Invitation, rest: str = "", language: str = "sv") -> str:
    return f"/{language}/consultations/invited/{normalise(code_of_invitation(invitation))}/{rest}"


def stated(words: str = "Rådet understöder förslaget.", **fields: object) -> Stated:
    wanted = {"words": words, "filled": Filled(language="sv"), "signer_name": "Alva Berg", "signer_role": "Ordförande"} | fields
    return Stated(**wanted)  # type: ignore[arg-type]


def fresh(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_related("phase__consultation", "comment__voice").get(pk=invitation.pk)


def mail() -> list[tuple[str, str]]:
    """(address, words) of everything that left now."""
    return [(message.to[0], f"{message.subject}\n{message.body}") for message in map(email_of, sent()) if message]


def test_a_planner_invites_many_at_once_and_each_gets_a_link_in_their_own_language(town: Town, cast: Cast) -> None:
    phase, desk = town.statement_round, client_for(cast.head_of_unit)
    due = timezone.localtime(phase.closes_at).date()
    many = {"do": "many", "bodies": [town.youth_council.pk], "organisations": [town.wellbeing_county.pk], "language": "fi", "due": due.isoformat()}
    assert desk.post(f"/sv/desk/consultations/phases/{phase.pk}/invite/", many | {"bodies": [], "organisations": []}).status_code == 422
    assert desk.post(f"/sv/desk/consultations/phases/{phase.pk}/invite/", many).status_code == 302
    council = Invitation.objects.get(body=town.youth_council)
    told = [words for to, words in mail() if to == "ungdomsradet@town.example"]
    assert len(told) == 1
    assert address(council, language="fi") in told[0]
    assert "Leikkipaikkaohjelma" in told[0]
    assert phase.consultation.subject.code in told[0]
    assert council.token_digest not in told[0]
    assert Invitation.objects.filter(state=InvitationState.INVITED).count() == 2
    assert desk.post(f"/sv/desk/consultations/phases/{phase.pk}/invite/", many).status_code == 422
    assert client_for(cast.other_handler).get(f"/sv/desk/consultations/phases/{phase.pk}/invite/").status_code == 403


def test_a_planner_adds_an_organisation_on_the_spot_and_a_resident_does_not(town: Town, cast: Cast) -> None:
    phase = town.statement_round
    data = {"do": "new", "name_sv": "Byaföreningen", "name_fi": "Kyläyhdistys", "email": "by@town.example", "language": "sv", "due": phase.closes_at.date()}
    assert client_for(cast.head_of_unit).post(f"/sv/desk/consultations/phases/{phase.pk}/invite/", data).status_code == 302
    assert Invitation.objects.get().organisation == Organisation.objects.get(name_fi="Kyläyhdistys")
    with pytest.raises(NotAllowed):
        actions.invite_newcomer(phase, names={"sv": "A", "fi": "B"}, email="", language="sv", due_at=phase.closes_at, by=actor(cast.resident))
    with pytest.raises(NotAllowed):
        actions.invite(phase, invited=[Invited(who=town.council, language="sv")], due_at=phase.closes_at, by=actor(cast.other_handler))
    with pytest.raises(NotPossible):
        actions.invite(phase, invited=[Invited(who=town.council, language="sv")], due_at=clock.now(), by=SETUP)


def test_a_council_saves_sends_and_changes_its_statement_by_the_link_and_nobody_else_does(town: Town) -> None:
    invitation, client = town.invitation, Client()
    question = actions.add_question(
        town.statement_round,
        kind="one",
        text_sv="Understöder ni?",
        text_fi="Kannatatteko?",
        by=SETUP,
        wordings=actions.Wordings(choices=[{"sv": "Ja", "fi": "Kyllä"}, {"sv": "Nej", "fi": "Ei"}]),
    )
    yes = question.choices.first()
    assert client.get(address(invitation)).status_code == 200
    assert client.get("/sv/consultations/invited/KR4F7MPT2XWJ983F/").status_code == 404
    saved = {"do": "save", f"q{question.pk}": str(yes.pk), "words": "Halvvägs", "language": "sv", "signer_name": "", "signer_role": ""}
    assert client.post(address(invitation, "statement/"), saved).status_code == 302
    assert not Voice.objects.exists()
    assert "checked" in client.get(address(invitation, "statement/")).content.decode()
    refused = client.post(address(invitation, "statement/"), saved | {"do": "send"})
    assert refused.status_code == 422
    assert "Halvvägs" in refused.content.decode()
    paper = SimpleUploadedFile("utlatande.pdf", b"%PDF-1.4\n%%EOF\n")
    assert client.post(address(invitation, "statement/"), saved | SIGNED | {"do": "send", "words": "Bygg gungor.", "papers": paper}).status_code == 302
    given = fresh(invitation)
    assert given.comment
    assert given.comment.voice.text == "Bygg gungor.\n\nUnderstöder ni?\nJa"
    assert given.comment.lateness == Lateness.IN_TIME
    assert client.post(address(invitation, "statement/"), saved | SIGNED | {"do": "send", "words": "Bygg fler gungor."}).status_code == 302
    page = client.get(f"/sv/consultations/statements/{invitation.pk}/").content.decode()
    assert all(words in page for words in ("Bygg fler gungor.", "Alva Berg", "utlatande.pdf", "Ungdomsrådet"))
    assert Voice.objects.count() == 1
    assert "ungdomsradet@town.example" not in page
    comments = client.get(f"/sv/consultations/{given.phase.consultation.subject.code}/comments/").content.decode()
    assert "Bygg fler gungor." in comments
    assert "Ungdomsrådet" in comments
    with days_later(40), pytest.raises(NotPossible):
        actions.send_statement(given, stated=stated("För sent"), by=actor(None))


def test_a_statement_in_a_file_alone_is_enough_and_an_empty_one_is_not(town: Town) -> None:
    client = Client()
    assert client.post(address(town.invitation, "statement/"), SIGNED | {"do": "send", "words": ""}).status_code == 422
    paper = SimpleUploadedFile("utlatande.pdf", b"%PDF-1.4\n%%EOF\n")
    assert client.post(address(town.invitation, "statement/"), SIGNED | {"do": "send", "words": "", "papers": paper}).status_code == 302
    assert Voice.objects.get().text
    macro = SimpleUploadedFile("virus.exe", b"MZ\x90\x00")
    assert client.post(address(town.invitation, "statement/"), SIGNED | {"do": "send", "words": "Mer", "papers": macro}).status_code == 422


def test_everybody_sees_who_was_asked_and_never_an_address(town: Town) -> None:
    code = town.invitation.phase.consultation.subject.code
    asked = [Invited(who=town.council, language="sv", email="hemlig@town.example"), Invited(who=town.wellbeing_county, language="fi", email="x@town.example")]
    council, county = actions.invite(town.statement_round, invited=asked, due_at=town.statement_round.closes_at, by=SETUP)
    actions.decline(council, because="Fullmäktige beslutar i ärendet.", by=actor(None))
    actions.ask_for_time(county, until=county.due_at.date() + timedelta(days=9), because="Nämnden möts först då.", by=actor(None))
    actions.send_statement(town.invitation, stated=stated(), by=actor(None))
    page = Client().get(f"/sv/consultations/{code}/").content.decode()
    assert all(words in page for words in ("Ungdomsrådet", "Fullmäktige beslutar i ärendet.", "Nämnden möts först då."))
    assert "hemlig@town.example" not in page
    assert "ungdomsradet@town.example" not in page
    for ending in ("csv", "json"):
        told = b"".join(Client().get(f"/sv/consultations/{code}/data/statement-round.{ending}")).decode()
        assert "Ungdomsrådet" in told
        assert "Rådet understöder förslaget." in told
        assert "@town.example" not in told
        assert "Alva Berg" not in told


def test_more_time_is_asked_for_granted_and_seen_and_the_reminders_follow_it(town: Town, cast: Cast) -> None:
    invitation, client = town.invitation, Client()
    later = timezone.localtime(invitation.due_at).date() + timedelta(days=10)
    assert client.post(address(invitation, "more-time/"), {"until": "2020-01-01", "because": "Vi hinner inte."}).status_code == 422
    assert client.post(address(invitation, "more-time/"), {"until": later.isoformat(), "because": "Rådet möts först då."}).status_code == 302
    desk = client_for(cast.head_of_unit)
    where = f"/sv/desk/consultations/invitations/{invitation.pk}/"
    assert "Rådet möts först då." in desk.get(where).content.decode()
    assert desk.post(f"{where}more-time/", {"do": "give", "until": later.isoformat(), "because": ""}).status_code == 422
    assert desk.post(f"{where}more-time/", {"do": "give", "until": later.isoformat(), "because": "Det ordnar sig."}).status_code == 302
    assert timezone.localtime(fresh(invitation).due_at).date() == later
    assert any("Det ordnar sig." in words for to, words in mail() if to == "ungdomsradet@town.example")
    assert "Det ordnar sig." in client.get(f"/sv/consultations/{invitation.phase.consultation.subject.code}/").content.decode()
    with days_later(25):
        actions.send_statement(fresh(invitation), stated=stated(), by=actor(None))
    assert fresh(invitation).comment.lateness == Lateness.IN_TIME  # type: ignore[union-attr]


def test_more_time_is_refused_with_a_reason_and_only_by_those_who_prepare(town: Town, cast: Cast) -> None:
    invitation = actions.ask_for_time(town.invitation, until=town.invitation.due_at.date() + timedelta(days=3), because="Semester.", by=actor(None))
    with pytest.raises(NotAllowed):
        actions.decide_extension(invitation, until=None, because="Nej.", by=actor(cast.other_handler))
    before = invitation.due_at
    refused = actions.decide_extension(invitation, until=None, because="Nämnden beslutar före det.", by=actor(cast.head_of_unit))
    assert (refused.due_at, refused.extension_granted) == (before, False)
    with pytest.raises(NotPossible):
        actions.decide_extension(invitation, until=None, because="Igen.", by=SETUP)


def test_the_silent_are_reminded_once_before_and_once_after_and_those_who_answered_are_not(town: Town) -> None:
    county = actions.invite(
        town.statement_round,
        invited=[Invited(who=town.wellbeing_county, language="fi", email="x@town.example")],
        due_at=town.statement_round.closes_at,
        by=SETUP,
    )[0]
    actions.send_statement(town.invitation, stated=stated(), by=actor(None))
    sent()
    assert actions.remind_invited() == 0
    with days_later(16):
        assert [actions.remind_invited(), actions.remind_invited()] == [1, 0]
        assert [to for to, words in mail() if "x@town" in to] == ["x@town.example"] * 2
        assert sum(to == "ungdomsradet@town.example" and "väntar" in words for to, words in mail()) == 0
    with days_later(23):
        assert [actions.remind_invited(), actions.remind_invited()] == [1, 0]
        assert any(address(county, language="fi") in words for _to, words in mail())
        actions.decline(county, because="", by=actor(None))
    with days_later(30):
        assert actions.remind_invited() == 0


def test_a_late_statement_is_received_marked_and_decided_on_with_a_reason(town: Town, cast: Cast) -> None:
    asked = town.invitation
    with days_later(24):
        given = actions.send_statement(asked, stated=stated(), by=actor(None))
        assert given.comment
        assert given.comment.lateness == Lateness.LATE
        actions.decide_late(given.comment, taken=True, because="Rådet möttes först efteråt.", by=actor(cast.head_of_unit))
        page = Client().get(f"/sv/consultations/{given.phase.consultation.subject.code}/").content.decode()
    assert "Rådet möttes först efteråt." in page


def test_a_withdrawn_link_opens_nothing_and_a_new_invitation_has_a_new_one(town: Town, cast: Cast) -> None:
    invitation, old = town.invitation, address(town.invitation)
    with pytest.raises(NotAllowed):
        actions.withdraw_invitation(invitation, by=actor(cast.other_handler))
    assert client_for(cast.head_of_unit).post(f"/sv/desk/consultations/invitations/{invitation.pk}/withdraw/").status_code == 302
    assert Client().get(old).status_code == 404
    assert Client().get(f"/sv/consultations/statements/{invitation.pk}/").status_code == 404
    with days_later(1):
        again = actions.invite(town.statement_round, invited=[Invited(who=town.youth_council, language="sv")], due_at=invitation.due_at, by=SETUP)[0]
        assert again.pk == invitation.pk
        assert address(again) != old
        assert Client().get(old).status_code == 404
        actions.send_statement(again, stated=stated(), by=actor(None))
        with pytest.raises(NotPossible):
            actions.withdraw_invitation(again, by=SETUP)


def test_what_came_on_paper_is_recorded_by_a_clerk_and_judged_by_its_arrival(town: Town, cast: Cast) -> None:
    where, arrived = f"/sv/desk/consultations/invitations/{town.invitation.pk}/record/", clock.now()
    with days_later(24):
        desk = client_for(cast.clerk)
        data = SIGNED | {"do": "record", "channel": "letter", "arrived_at": timezone.localtime(arrived).strftime("%Y-%m-%dT%H:%M"), "words": "På papper."}
        assert desk.post(where, data | {"channel": ""}).status_code == 422
        assert desk.post(where, data).status_code == 302
        given = fresh(town.invitation)
        assert given.comment
        assert (given.comment.lateness, given.comment.voice.channel, given.signer) == (Lateness.IN_TIME, "letter", None)
        assert desk.post(where, data).status_code == 422
    assert client_for(cast.resident).get(where).status_code == 403


def test_a_council_is_told_which_point_its_statement_became_at_its_own_address_in_its_language(town: Town) -> None:
    actions.change_invitation(town.invitation, email="nuoriso@town.example", language="fi", send_again=False, by=SETUP)
    given = actions.send_statement(fresh(town.invitation), stated=stated(), by=actor(None))
    sent()
    words = {"title_sv": "Gungor", "title_fi": "Keinut", "answer_sv": "Två.", "answer_fi": "Kaksi keinua rakennetaan.", "verdict": "accepted"}
    with days_later(25):
        asked = Consultation.objects.get(pk=given.phase.consultation_id)
        point = actions.make_point(asked, comments=[Comment.objects.get()], by=SETUP, title_sv="Gungor")
        actions.edit_point(point, by=SETUP, **words)
        actions.state_result(Consultation.objects.get(pk=asked.pk), result={"sv": "Klart.", "fi": "Valmis."}, by=SETUP)
        actions.answer_consultation(Consultation.objects.get(pk=asked.pk), by=SETUP)
        actions.tell_authors()
        told = [text for to, text in mail() if to == "nuoriso@town.example"]
        assert any("Kaksi keinua rakennetaan." in text for text in told)
        assert "Gungor" in Client().get(f"/sv/consultations/statements/{given.pk}/").content.decode()


def test_the_answers_wait_for_whoever_was_given_more_time(town: Town) -> None:
    invitation = actions.ask_for_time(town.invitation, until=town.invitation.due_at.date() + timedelta(days=10), because="-", by=actor(None))
    actions.decide_extension(invitation, until=invitation.extension_asked_until, because="Ja.", by=SETUP)
    with days_later(24):
        asked = actions.state_result(Consultation.objects.get(pk=invitation.phase.consultation_id), result={"sv": "Klart.", "fi": "Valmis."}, by=SETUP)
        with pytest.raises(NotPossible):
            actions.answer_consultation(asked, by=SETUP)


def test_nobody_is_invited_before_the_page_can_be_read(town: Town) -> None:
    start = clock.now() + timedelta(days=1)
    phase = actions.add_phase(town.playground_plan, kind="statements", opens_at=start, closes_at=start + timedelta(days=9), by=SETUP)
    with pytest.raises(NotPossible):
        actions.invite(phase, invited=[Invited(who=town.council, language="sv")], due_at=phase.closes_at, by=SETUP)


def test_whoever_signed_reads_it_in_their_file_and_is_forgotten(town: Town, cast: Cast) -> None:
    actions.send_statement(town.invitation, stated=stated(), by=actor(cast.resident))
    assert [one["name"] for one in held_statements(cast.resident.pk)] == ["Alva Berg"]
    forget_in_voices(cast.resident.pk, by=machine(SWEEPER))
    assert "Rådet understöder" in Client().get(f"/sv/consultations/statements/{town.invitation.pk}/").content.decode()
    assert actions.forget_in_consultations(cast.resident.pk, by=machine(SWEEPER)) == 1
    assert fresh(town.invitation).signer_name == ""
    assert held_statements(cast.resident.pk) == []


def test_a_round_of_many_costs_no_more_questions_than_one_of_one(town: Town, cast: Cast) -> None:
    code, pages = town.invitation.phase.consultation.subject.code, {"consultations": None, "desk/consultations": cast.head_of_unit}

    def asked() -> list[int]:
        counts = []
        for path, person in pages.items():
            client = client_for(person)
            client.get(f"/sv/{path}/{code}/")
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/sv/{path}/{code}/?fresh={len(counts)}{Invitation.objects.count()}").status_code == 200
            counts.append(len(queries))
        return counts

    actions.send_statement(town.invitation, stated=stated(), by=actor(None))
    before = asked()
    many = [create_organisation(by=SETUP, name_sv=f"Förening {number}", name_fi=f"Yhdistys {number}") for number in range(12)]
    invited = actions.invite(town.statement_round, invited=[Invited(who=one, language="sv") for one in many], due_at=town.invitation.due_at, by=SETUP)
    for one in invited[:6]:
        actions.send_statement(one, stated=stated(f"Vi tycker {one.pk}."), by=actor(None))
    assert asked() == before
