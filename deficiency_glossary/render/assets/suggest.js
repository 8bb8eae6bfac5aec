// The root of the site: marks the language that the browser prefers. It never sends anybody there.

const items = [...document.querySelectorAll("[data-suggest] > li")];
const languageOf = (tag) => tag.toLowerCase().split("-")[0];
// `no` is the macrolanguage of Bokmål: both tags mean the same texts.
const same = (a, b) => a === b || [a, b].sort().join() === "nb,no";

const preferred = navigator.languages
  .map((tag) => items.find((item) => same(languageOf(item.lang), languageOf(tag))))
  .find(Boolean);
if (preferred) {
  preferred.classList.add("suggested");
  preferred.querySelector("em").hidden = false;
}
