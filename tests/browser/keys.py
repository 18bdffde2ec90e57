"""A person who has no mouse: everything is reached with Tab and Shift-Tab, and worked with Space, Enter and the arrows.

Whatever has to be reached that can't be, loses the focus, keeps it, or lies hidden under something else, fails here.
"""

from playwright.sync_api import Locator, Page

NO_MOUSE = "addEventListener('click', event => { if (event.detail) console.error('clicked with a mouse') }, true)"
"""Runs in each page: a click that a key makes has no count."""

_STAND = """element => {
  const here = document.activeElement, last = window.focusedLast
  window.focusedLast = here
  const caught = here === last && here !== document.body
  if (here === element) return ['here', caught]
  if (here?.type === 'radio' && here.name && here.name === element.name && here.form === element.form)
    return ['group', caught]
  const before = here && here !== document.body && (here.compareDocumentPosition(element) & 2)
  return [before ? 'before' : 'after', caught]
}"""
_FAR = """element => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
  const stops = all.filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true})
    && (one.type !== 'radio' || one === element || one === document.activeElement || one.checked))
  const from = stops.indexOf(document.activeElement), to = stops.indexOf(element)
  return [to - from, 2 * all.length + 20]
}"""
_IN_SIGHT = """element => {
  const box = element.getBoundingClientRect()
  const shown = getComputedStyle(element).visibility === 'visible' && box.width > 0 && box.height > 0
  const within = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
  const middle = document.elementFromPoint(
    Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
    Math.min(Math.max(box.top + Math.min(box.height, 40) / 2, 0), innerHeight - 1))
  return shown && within && !!middle && (element.contains(middle) || middle.contains(element)
    || [...(element.labels ?? [])].some(label => label.contains(middle)))
}"""


def reach(target: Locator, *, group: bool = False) -> None:
    """Press Tab, or Shift-Tab for what stands before, until the target has the focus, or with `group` a radio button
    of its group. AssertionError where it is out of reach, the focus is caught, or what has it isn't in sight."""
    page = target.page
    element = target.element_handle()
    wanted = {"here", "group"} if group else {"here"}
    far, most = page.evaluate(_FAR, element)
    # Most of the way without looking: each look is a journey to the browser and back. What lies between is passed all
    # the same, and a focus that is caught or lost there doesn't arrive.
    for _ in range(abs(far) - 3):
        page.keyboard.press("Tab" if far > 0 else "Shift+Tab")
    stand, _ = page.evaluate(_STAND, element)
    for _ in range(most):
        if stand in wanted:
            assert page.evaluate(f"({_IN_SIGHT})(document.activeElement)"), f"{target} has the focus, out of sight"
            return
        page.keyboard.press("Shift+Tab" if stand == "before" else "Tab")
        stand, caught = page.evaluate(_STAND, element)
        assert not caught, f"the focus is caught on {page.url} before {target}"
    raise AssertionError(f"{target} is out of the keyboard's reach on {page.url}")


def tick(target: Locator) -> None:
    """Choose a radio button with the arrows, or tick a box with Space."""
    page, element = target.page, target.element_handle()
    if element.get_attribute("type") == "radio":
        reach(target, group=True)
        for _ in range(page.locator(f"input[name='{element.get_attribute('name')}']").count()):
            if element.evaluate("element => element === document.activeElement"):
                break
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
    else:
        reach(target)
        if not element.is_checked():
            page.keyboard.press("Space")
    assert element.is_checked(), f"{target} can't be chosen with keys"


def write(target: Locator, text: str) -> None:
    """Type into a field, over what stands there."""
    reach(target)
    target.page.keyboard.press("ControlOrMeta+A")
    if text:
        target.page.keyboard.type(text)
    else:
        target.page.keyboard.press("Delete")
    assert target.input_value() == text


def choose(target: Locator, value: str) -> None:
    """Choose in a list with the arrows."""
    reach(target)
    target.page.keyboard.press("Home")
    for _ in range(target.locator("option").count()):
        if target.input_value() == value:
            return
        target.page.keyboard.press("ArrowDown")
    raise AssertionError(f"{target} doesn't offer {value}")


def press(target: Locator) -> None:
    """Press a button, follow a link, or open what is folded away, with Enter."""
    reach(target)
    page: Page = target.page
    leads = target.evaluate("element => element.matches('a[href], button:not([type=button]), input[type=submit]')")
    if leads:
        with page.expect_navigation():
            page.keyboard.press("Enter")
    else:
        page.keyboard.press("Enter")
