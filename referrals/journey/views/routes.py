"""Where referrals of an area go: every route of its document, and a place to try facts and an hour."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.clock import day_of
from referrals.journey.presenters.citing import Reader
from referrals.journey.presenters.planned import plan_shown
from referrals.journey.presenters.route_table import route_table
from referrals.journey.trying import TryForm
from referrals.routing.selectors import doors_here, plan_referral
from thresholds.selectors import NoPackError, PublishedPack, areas, current_pack


@require_safe
def table(request: HttpRequest, area: str) -> HttpResponse:
    """Every route of an area's document in force today, to read and to print."""
    published = _published(area)
    shown = route_table(published.pack, here=doors_here())
    return render(request, "journey/routes.html", {"pack": published.pack, "published": published, "table": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def attempt(request: HttpRequest, area: str) -> HttpResponse:
    """Try facts and an hour: the plan with its reasons, by the very rule that plans a referral. Nothing is kept."""
    published = _published(area)
    form = TryForm(request.POST or None, pack=published.pack, areas=areas())
    context = {"pack": published.pack, "form": form}
    if form.is_valid():
        facts, moment = form.facts(), form.moment(clock.now())
        try:
            (plan,) = plan_referral({"": facts}, packs={}, own_area=area, now=moment).by_child.values()
            read_with = published.pack if plan.area == area else current_pack(plan.area, day_of(moment)).pack
        except NoPackError:
            form.no_document()
        else:
            context |= {
                "plan": plan_shown(plan.to_dict(), Reader(read_with)),
                "plan_area": read_with.area,
                "moment": moment,
            }
    return render(request, "journey/try_route.html", context)


def _published(area: str) -> PublishedPack:
    try:
        return current_pack(area, day_of(clock.now()))
    except NoPackError:
        raise Http404 from None
