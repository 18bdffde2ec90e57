// Stands behind GOV.UK Frontend in one module (scripts/build-styles joins them), whose names it uses.
initAll();
