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
