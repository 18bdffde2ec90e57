// Says five minutes ahead that the session ends, beside what the person is doing, and lengthens it on request (WCAG
// 2.2.1). Its words stand on the page, in the language of the page. No dialog: the focus stays where it is. Without
// script the server still keeps what was typed.
const WARNING = 5 * 60 * 1000;
const meta = document.querySelector('meta[name="session-ends-in"]');

function start() {
  const banner = document.createElement("div");
  const words = document.createElement("p");
  const button = document.createElement("button");
  let endsAt = Date.now() + Number(meta.content) * 1000;

  banner.className = "app-session";
  banner.setAttribute("role", "alert");
  words.className = "app-session__words";
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary app-session__button";
  button.textContent = meta.dataset.stay;
  button.addEventListener("click", stay);

  function show(text, withButton) {
    if (words.textContent === text) {
      return;
    }
    words.textContent = text;
    banner.replaceChildren(words, ...(withButton ? [button] : []));
    if (!banner.isConnected) {
      place();
    }
  }

  // Just above the question with the focus, which stays where it is on the screen.
  function place() {
    const main = document.getElementById("main-content");
    const question = main.contains(document.activeElement) && document.activeElement.closest(".govuk-form-group");
    const before = question || main.firstElementChild;
    const top = before.getBoundingClientRect().top;
    before.before(banner);
    if (question) {
      window.scrollBy(0, before.getBoundingClientRect().top - top);
    }
  }

  function check() {
    const left = endsAt - Date.now();
    if (left <= 0) {
      show(meta.dataset.ended);
    } else if (left <= WARNING) {
      const clock = new Date(endsAt).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      show(meta.dataset.ends.replace("{time}", clock), true);
    } else {
      banner.remove();
      words.textContent = "";
    }
  }

  // Any page lengthens the session; the answer says until when.
  async function stay() {
    try {
      const answer = await fetch(meta.dataset.lengthenedBy, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const renewed = page.querySelector('meta[name="session-ends-in"]');
      endsAt = renewed ? Date.now() + Number(renewed.content) * 1000 : Date.now();
      check();
    } catch {
      show(meta.dataset.unreachable, true);
    }
  }

  // What is kept while somebody types (keeping.js) lengthens the session like any page.
  document.addEventListener("session-lengthened", (event) => {
    if (event.detail) {
      endsAt = Date.now() + event.detail * 1000;
      check();
    }
  });
  check();
  window.setInterval(check, 10_000);
  // Timers stand still while a computer sleeps.
  document.addEventListener("visibilitychange", check);
}

if (meta) {
  start();
}
