// The search field in the header: a combobox (WAI-ARIA Authoring Practices) that shows the best concepts as one types.

import { filesFor, merged, queryOf, search, stepsOf } from "./lookup.js";

const form = document.querySelector("form[role=search]");
export const input = form.elements.q;
const { lang } = document.documentElement;
const home = new URL("../", form.action);
const MAX_CHOICES = 8;

// --- finding ---

const files = new Map();

/** A file of the index: asked for once, and again if that failed. */
export function load(name) {
  if (!files.has(name)) {
    const answer = fetch(new URL(`${name}.json`, form.action)).then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${response.url}`);
      return response.json();
    });
    answer.catch(() => files.delete(name));
    files.set(name, answer);
  }
  return files.get(name);
}

/** The concepts that a text means, best first: {concept, term, matched}. */
export async function find(text) {
  const manifest = await load("index");
  const asked = queryOf(text, manifest.rules);
  const names = new Set();
  for (const beginnings of stepsOf(manifest, asked)) {
    for (const name of filesFor(manifest, beginnings)) names.add(name);
    const hits = search(merged(await Promise.all([...names].map(load))), asked);
    if (hits.length) return hits;
  }
  return [];
}

// --- saying ---

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A message with its {names} filled in. */
const fill = (message, values) => message.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

export async function counted(count, query) {
  const { words } = await load("index");
  if (!count) return fill(words.none, { query });
  const message = words.results[new Intl.PluralRules(lang).select(count)] ?? words.results.other;
  return fill(message, { count: new Intl.NumberFormat(lang).format(count) });
}

export const addressOf = ({ concept }) => new URL(`${concept}/`, home).href;

/** The preferred term, and what was matched where that is another. */
export const shown = ({ term, matched }) => (matched === term ? [term] : [term, " ", element("small", {}, matched)]);

// --- the field ---

const list = element("ul", { id: "site_search_choices", role: "listbox", "aria-label": input.labels[0].textContent });
const status = element("p", { role: "status", class: "visually-hidden" });
list.hidden = true;
form.append(list, status);
for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id]]) {
  input.setAttribute(name, value);
}

let chosen = -1;
let turn = 0; // an answer that comes after the next question is not shown

function choose(index) {
  chosen = index;
  [...list.children].forEach((option, at) => option.setAttribute("aria-selected", at === index));
  const option = list.children[index];
  if (option) {
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

function open(isOpen) {
  list.hidden = !isOpen;
  input.setAttribute("aria-expanded", isOpen);
  choose(-1);
}

function close() {
  turn += 1;
  open(false);
  status.textContent = "";
}

async function suggest() {
  const mine = ++turn;
  const query = input.value.trim();
  if (!query) return close();
  const hits = (await find(query)).slice(0, MAX_CHOICES);
  const message = await counted(hits.length, query);
  if (mine !== turn) return;
  const options = hits.map((hit, at) => {
    const option = element("li", { role: "option", id: `${list.id}_${at}` }, ...shown(hit));
    option.addEventListener("click", () => location.assign(addressOf(hit)));
    return option;
  });
  list.replaceChildren(...options);
  open(options.length > 0);
  status.textContent = message;
}

const quietly = (action) => () => action().catch(() => close()); // no network: the form still leads to the page

function onKey(event) {
  if (event.isComposing) return; // the keys belong to the input method
  const { length } = list.children;
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose(((chosen + step + length + 2) % (length + 1)) - 1); // one of the places is the field itself
  } else if (event.key === "ArrowDown") {
    quietly(suggest)();
  } else if (event.key === "Enter" && chosen >= 0) {
    list.children[chosen].click();
  } else if (event.key === "Escape" && (input.value || !list.hidden)) {
    if (list.hidden) input.value = "";
    close();
  } else {
    return;
  }
  event.preventDefault();
}

input.setAttribute("aria-expanded", "false");
input.addEventListener("input", quietly(suggest));
input.addEventListener("keydown", onKey);
form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || close());
list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field

// Somebody may have begun to type before this was there.
if (document.activeElement === input && input.value) quietly(suggest)();
