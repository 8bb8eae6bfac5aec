// What every page runs. Each feature is a module of its own, loaded where the page has a use for it.

const features = {
  ":root[data-definitions] main a[href]": "./definitions.js",
  "[data-calculator]": "./calculator.js",
  "[data-compare]": "./compare.js",
  "[data-results]": "./results.js",
  "[data-suggest]": "./suggest.js",
};

for (const [selector, module] of Object.entries(features)) {
  if (document.querySelector(selector)) import(module);
}

// The list of languages closes as a menu does: by Esc, and by a click or focus elsewhere.
for (const details of document.querySelectorAll("details.languages")) {
  const closeUnlessInside = (event) => {
    if (!details.contains(event.target)) details.open = false;
  };
  document.addEventListener("pointerdown", closeUnlessInside);
  document.addEventListener("focusin", closeUnlessInside);
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}

// The search field comes to life when somebody goes to it.
const field = document.querySelector("form[role=search] input");
const wake = () => import("./search.js");
if (field && field === document.activeElement) wake();
else field?.addEventListener("focus", wake, { once: true });
