"""What every form carries beside Django's token."""

from django import template
from django.template import Context
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.domain.held_forms import ACTING_FOR

register = template.Library()


class PageTokenNode(CsrfTokenNode):
    """Django's token, and the agency for which the person acted when the page was drawn."""

    def render(self, context: Context) -> SafeString:
        """Two hidden inputs; the token alone where nobody acts for an agency."""
        token = SafeString(super().render(context))
        actor = getattr(context.get("request"), "actor", None)
        if not token or actor is None or actor.agency_id is None:
            return token
        return format_html('{}<input type="hidden" name="{}" value="{}">', token, ACTING_FOR, actor.agency_id)


@register.tag
def csrf_token(_parser: Parser, _token: Token) -> PageTokenNode:
    """`{% csrf_token %}`, in place of Django's: a form can't have the token and forget for whom it is.

    See `accounts.pages_of_agencies`.
    """
    return PageTokenNode()
