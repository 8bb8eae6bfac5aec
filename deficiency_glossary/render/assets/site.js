// What every page runs: each feature is a module of its own, loaded where the page has a use for it.

const features = {
  "[data-calculator]": "./calculator.js",
};

for (const [selector, module] of Object.entries(features)) {
  if (document.querySelector(selector)) import(module);
}
