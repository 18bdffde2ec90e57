// Stands behind GOV.UK Frontend in one module (scripts/build-styles joins them), whose names it uses.

// GOV.UK Frontend says `aria-expanded` on a radio that reveals more, which ARIA doesn't allow there (it does on a
// checkbox). What is revealed follows the radio directly, so nothing is lost without it.
const syncReveal = Radios.prototype.syncConditionalRevealWithInputState;
Radios.prototype.syncConditionalRevealWithInputState = function (input) {
  syncReveal.call(this, input);
  input.removeAttribute("aria-expanded");
};

initAll();
