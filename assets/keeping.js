// Keeps what is typed on a page of a draft, on the server, while it is typed. It saves nothing and ends nothing: the
// button of the page does. Nothing is left in this browser. Each state is said once, in a line that screen readers read
// out when it changes; no dialog, and the focus stays where it is.
const AFTER = 1500;
const AT_THE_LATEST = 10_000;
const AGAIN = [3000, 10_000, 30_000];
const form = document.querySelector("form[data-keep]");
// What it says stands on the page, in the language of the page.
const words = document.getElementById("keeping-words")?.dataset;

function start() {
  const status = document.createElement("p");
  const tab = window.crypto.randomUUID ? window.crypto.randomUUID() : String(Math.random()).slice(2);
  const button = form.querySelector("button[value=continue]") || form.querySelector("button:last-of-type");
  let number = Number(form.dataset.keepNumber);
  let kept = typed();
  let lastKeptAt = "";
  let dirtySince = 0;
  let timer = 0;
  let failures = 0;
  let underWay = new AbortController();
  let sending = false;
  let leaving = false;
  let given = false;

  status.className = "govuk-hint app-kept";
  status.setAttribute("role", "status");
  (button ? button.closest(".govuk-button-group") || button : form.lastElementChild).before(status);

  function say(text) {
    if (status.textContent !== text) {
      status.textContent = text;
    }
  }

  function typed() {
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "acting_for", "do"].includes(name));
    return JSON.stringify(fields);
  }

  function notKept(why) {
    const since = lastKeptAt ? words.since.replace("{time}", lastKeptAt) : words.notYet;
    say(`${why} ${since} ${words.again}`);
  }

  function plan(wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, wait);
  }

  function changed() {
    if (leaving || given) {
      return;
    }
    dirtySince = dirtySince || Date.now();
    if (!failures) {
      plan(Math.max(0, Math.min(AFTER, dirtySince + AT_THE_LATEST - Date.now())));
    }
  }

  function failed(why) {
    notKept(why);
    plan(AGAIN[Math.min(failures, AGAIN.length - 1)]);
    failures += 1;
  }

  async function keep(last = false) {
    const now = typed();
    if (leaving || given || sending || now === kept) {
      return;
    }
    sending = true;
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        credentials: "same-origin",
        redirect: "manual",
        // What is on its way when somebody closes the page still arrives.
        keepalive: last === true && now.length < 60_000,
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "X-Requested-With": "fetch" },
        signal: underWay.signal,
        body: JSON.stringify({ fields: JSON.parse(now), tab, number, by: form.dataset.keepBy }),
      });
      await told(answer, now);
    } catch {
      if (!leaving) {
        failed(words.lost);
      }
    } finally {
      sending = false;
    }
  }

  async function told(answer, now) {
    if (answer.ok) {
      const said = await answer.json();
      number = said.number;
      kept = now;
      failures = 0;
      dirtySince = 0;
      lastKeptAt = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      say(words.kept);
      document.dispatchEvent(new CustomEvent("session-lengthened", { detail: said.session_ends_in }));
      if (typed() !== kept) {
        changed();
      }
    } else if (answer.status === 409) {
      // Never over somebody's words, their own in another window among them.
      given = true;
      say((await answer.json()).why);
    } else if (answer.type === "opaqueredirect") {
      failed(words.signedOut);
    } else if (answer.status === 403) {
      await renew();
      failed(words.signedIn);
    } else if (answer.status === 404 || answer.status === 400) {
      given = true;
      say(words.noDraft);
    } else {
      failed(words.noAnswer);
    }
  }

  // After signing in again, in another window, the page's token is an old one. The new one stands on the page as it is now.
  async function renew() {
    const page = await (await fetch(window.location.href, { credentials: "same-origin", redirect: "manual", headers: { "X-Requested-With": "fetch" } })).text();
    const token = new DOMParser().parseFromString(page, "text/html").querySelector("form[data-keep] [name=csrfmiddlewaretoken]");
    if (token) {
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => {
        input.value = token.value;
      });
    }
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    leaving = true;
    // An answer that comes after that of the page could take away the cookie that what was posted is held under.
    underWay.abort();
    window.clearTimeout(timer);
  });
  // Coming back with the browser's Back button, the same page goes on.
  window.addEventListener("pageshow", () => {
    leaving = false;
    underWay = new AbortController();
  });
  window.addEventListener("online", () => plan(0));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      keep(true);
    }
  });
  window.addEventListener("pagehide", () => keep(true));
}

if (form) {
  start();
}
