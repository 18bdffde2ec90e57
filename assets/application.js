// Stands behind GOV.UK Frontend in one module (scripts/build-styles joins them), whose names it uses.

// GOV.UK Frontend says `aria-expanded` on a radio that reveals more, which ARIA doesn't allow there (it does on a
// checkbox). What is revealed follows the radio directly, so nothing is lost without it.
const syncReveal = Radios.prototype.syncConditionalRevealWithInputState;
Radios.prototype.syncConditionalRevealWithInputState = function (input) {
  syncReveal.call(this, input);
  input.removeAttribute("aria-expanded");
};

initAll();

// The drawing beside the places of the body: a click ticks the place, and what is ticked is coloured.
for (const side of document.querySelectorAll("[data-module='app-body']")) {
  for (const place of side.querySelectorAll("[data-place]")) {
    const box = document.getElementById(`id_${place.dataset.place}`);
    const colour = () => place.classList.toggle("app-body__marked", box.checked);
    box.addEventListener("change", colour);
    place.addEventListener("click", () => box.click());
    colour();
  }
}

// A whole threshold document on a narrow screen, where its grid is one long column: each domain folds away under its
// name. Only where the browser's own search looks into what is folded (`until-found`); elsewhere all of it stands open.
const narrow = matchMedia("(max-width: 48.0525em)");
for (const grid of document.querySelectorAll("[data-module='app-folding-grid']")) {
  if (!("onbeforematch" in grid)) break;
  const parts = [...grid.querySelectorAll("tbody")].map((part) => {
    const name = part.querySelector(".app-grid__part");
    const rows = [...part.rows].filter((row) => !row.contains(name));
    const button = document.createElement("button");
    button.type = "button";
    button.className = "app-grid__fold";
    const show = (open) => {
      button.setAttribute("aria-expanded", open);
      for (const row of rows) {
        if (open) row.removeAttribute("hidden");
        else row.setAttribute("hidden", "until-found");
        // A row without a cell that can be reached is none.
        row.setAttribute("role", open ? "row" : "none");
      }
    };
    button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
    part.addEventListener("beforematch", () => show(true));
    return { part, name, button, show };
  });
  const linked = () => {
    const place = location.hash && document.getElementById(location.hash.slice(1));
    return parts.find(({ part }) => place && part.contains(place));
  };
  const fold = () => {
    for (const { name, button, show } of parts) {
      show(!narrow.matches);
      if (narrow.matches) {
        button.append(...name.childNodes);
        name.append(button);
      } else if (button.isConnected) {
        button.replaceWith(...button.childNodes);
      }
    }
    linked()?.show(true);
  };
  fold();
  narrow.addEventListener("change", fold);
  addEventListener("hashchange", () => linked()?.show(true));
  // What stood above the place was long when the browser went there.
  if (narrow.matches && linked()) document.getElementById(location.hash.slice(1)).scrollIntoView();
}
