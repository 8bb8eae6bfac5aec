// The search page: terms from the index, then what pagefind finds in the texts.

import { addressOf, counted, element, find, input, load, shown } from "./search.js";

const root = new URL(document.documentElement.dataset.root, document.baseURI);
const place = document.querySelector("[data-results]");
const MAX_TERMS = 20;
const MAX_TEXTS = 10;

/** The hits in the texts: {url, title, excerpt}, but for the concepts that a term has led to. */
async function findTexts(query, known) {
  const { search } = await import(new URL(place.dataset.fullText, document.baseURI));
  const { results } = await search(query);
  const pages = await Promise.all(results.slice(0, MAX_TEXTS + known.length).map((result) => result.data()));
  return pages
    .map((page) => ({ ...page, url: new URL(page.raw_url.replace(/^\//, ""), root).href }))
    .filter(({ url }) => !known.includes(url))
    .slice(0, MAX_TEXTS);
}

/** An excerpt with its <mark>, and nothing else of what its HTML may hold. */
function excerptOf(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return Array.from(body.childNodes, ({ nodeName, textContent }) =>
    nodeName === "MARK" ? element("mark", {}, textContent) : textContent,
  );
}

const link = (href, ...content) => element("a", { href }, ...content);
const section = (heading, items) =>
  items.length ? [element("section", {}, element("h2", {}, heading), element("ol", {}, ...items))] : [];

/** Fill the page: with terms as soon as they are found, then with texts. */
export async function showResults(query) {
  const { words } = await load("index");
  const hits = (await find(query)).slice(0, MAX_TERMS);
  const terms = hits.map((hit) => element("li", {}, link(addressOf(hit), ...shown(hit))));
  place.replaceChildren(...section(words.terms, terms));
  // Without them, the terms are still of use.
  const texts = place.dataset.fullText ? await findTexts(query, hits.map(addressOf)).catch(() => []) : [];
  const items = texts.map(({ url, meta, excerpt }) =>
    element("li", {}, link(url, meta.title), element("p", {}, ...excerptOf(excerpt))),
  );
  place.append(...section(words.text, items));
  document.querySelector("[data-count]").textContent = await counted(hits.length + texts.length, query);
}

const query = (new URLSearchParams(location.search).get("q") ?? "").trim().slice(0, input.maxLength);
input.value = query;
if (query) {
  document.title = `${query} – ${document.title}`;
  showResults(query);
}
