"""Pages of the cellar that carry the language: following by account or by e-mail, confirming, stopping, and the feed of a Subject."""

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from dialogi.commons import follows
from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.feeds import FeedItem, atom
from dialogi.commons.limits import Limit, check
from dialogi.commons.map_pictures import picture, place_of
from dialogi.commons.models import Subject
from dialogi.commons.permissions import NotPossible
from dialogi.commons.public_door import public_page
from dialogi.commons.timeline import timeline
from dialogi.commons.traps import TrapMixin
from dialogi.commons.versions import of_subject
from dialogi.commons.web import ActionFormMixin, DialogiRequest, open_to_all, page

FOLLOWING = Limit("following", 20, 3600)


class FollowForm(TrapMixin, ActionFormMixin, forms.Form):
    """Where to send what happens."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
    )


def _subject(request: DialogiRequest, key: str) -> Subject:
    found = Subject.objects.visible_to(request.actor).filter(code=key).first()
    if found is None:
        raise Http404
    return found


@require_safe
@open_to_all("the signed address was given to a page that shows the place")
def place_map(request: DialogiRequest) -> HttpResponse:
    """Send the still picture of one place."""
    spot = place_of(request.GET.get("at", ""))
    if spot is None:
        raise Http404
    response = picture([spot], pin=True)
    response["Cache-Control"] = "public, max-age=86400"
    return response


@open_to_all("anybody may follow what they may read")
def follow(request: DialogiRequest, key: str) -> HttpResponse:
    """Follow a Subject by e-mail."""
    subject = _subject(request, key)
    form = FollowForm(request.POST or None)
    if request.method == "POST":
        check(FOLLOWING, actor=request.actor, request=request)
        email = request.POST.get("email", "")
        if form.run(follows.follow, subject, by=request.actor, email=email):
            return HttpResponseRedirect(reverse("pages:follow_sent", args=[subject.code]))
    signed_in = request.actor.account_id is not None
    return page(request, "commons/follow.html", subject=subject, form=form, signed_in=signed_in, follows=follows.follows(subject, by=request.actor))


@open_to_all("the account in the session follows or stops following")
def follow_by_account(request: DialogiRequest, key: str) -> HttpResponse:
    """Follow by account, or stop: one button."""
    subject = _subject(request, key)
    if request.method == "POST" and request.actor.account_id is not None:
        if request.POST.get("stop"):
            follows.unfollow(subject, by=request.actor)
        else:
            follows.follow(subject, by=request.actor)
    return HttpResponseRedirect(reverse("pages:follow", args=[subject.code]))


@require_safe
@open_to_all("says what happens next, about nobody in particular")
def follow_sent(request: DialogiRequest, key: str) -> HttpResponse:
    """Say that a link is on its way."""
    return page(request, "commons/follow_sent.html", subject=_subject(request, key))


@open_to_all("the link was sent to the address that it confirms")
def follow_confirm(request: DialogiRequest, token: str) -> HttpResponse:
    """Confirm by a button: a mail scanner that opens the link must not use it up."""
    if request.method == "POST":
        try:
            found = follows.confirm_follow(token)
        except NotPossible as refusal:
            return page(request, "commons/follow_confirm.html", status=409, reason=refusal.reason)
        return page(request, "commons/follow_confirm.html", done=True, subject=found.subject)
    waiting = follows.waits_for(token)
    if waiting is None:
        return page(request, "commons/follow_confirm.html", status=404, reason=follows.LINK_USED)
    return page(request, "commons/follow_confirm.html", subject=waiting.subject)


@csrf_exempt  # the signed link is the right itself, and mail programs stop with one POST (RFC 8058)
@open_to_all("the link was sent to the address that it stops")
def follow_stop(request: DialogiRequest, token: str) -> HttpResponse:
    """Stop following, by a button or by the mail program."""
    found = follows.followed_by_token(token)
    if request.method == "POST":
        follows.stop_follow(token)
        return page(request, "commons/follow_stop.html", done=True, subject=found.subject if found else None)
    return page(request, "commons/follow_stop.html", done=found is None, subject=found.subject if found else None)


@require_safe
@open_to_all("what everybody may read")
@public_page(of_subject)
def feed(request: DialogiRequest, key: str) -> HttpResponse:
    """What happened to a Subject, as a feed."""
    subject = Subject.objects.public().filter(code=key).first()
    if subject is None:
        raise Http404
    path = subject.get_absolute_url()
    items = [FeedItem(f"entry/{entry.id}", entry.sentence, path, entry.when) for entry in timeline(subject, actor=ANONYMOUS)]
    return atom(request, title=_("%(title)s: what happens") % {"title": str(subject)}, path=path, items=items)
