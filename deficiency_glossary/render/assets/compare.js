// The two-language view: the pages of one entry in two languages, side by side, part by part.

const { root, locale } = document.documentElement.dataset;
const form = document.querySelector("[data-compare]");
const select = form.querySelector("select");
const target = document.querySelector("#comparison");
const asked = new URLSearchParams(location.search);
const entry = /^[a-z0-9-]+$/.test(asked.get("entry") ?? "") ? asked.get("entry") : "";

/** The article of a page, its addresses absolute, nothing in it that works by a script or by an id. */
async function articleOf(language) {
  const url = new URL(`${root}${language}/${entry}/`, document.baseURI);
  const response = await fetch(url);
  if (!response.ok) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const article = page.querySelector("article");
  for (const link of article.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), url);
  for (const gone of article.querySelectorAll("template, form, .beside")) gone.remove();
  return article;
}

/** A part is known by the id of its heading, or else by its class. */
function parts(article) {
  const found = new Map();
  for (const part of article.children) {
    const key = part.getAttribute("aria-labelledby") || part.className || part.localName;
    if (key === "examples") [...part.children].forEach((child, i) => found.set(`${key} ${child.getAttribute("aria-labelledby") ?? i}`, child));
    else found.set(key, part);
  }
  return found;
}

function cell(article, part) {
  const made = document.createElement("div");
  made.lang = article.lang;
  made.dir = article.dir;
  if (part) made.append(part.cloneNode(true));
  for (const title of made.querySelectorAll("h1")) {
    const second = document.createElement("h2"); // the page has a first heading of its own
    second.className = "title";
    second.append(...title.childNodes);
    title.replaceWith(second);
  }
  for (const element of made.querySelectorAll("*")) {
    for (const name of ["id", "aria-labelledby", "aria-describedby"]) element.removeAttribute(name);
  }
  return made;
}

async function show(language) {
  const both = await Promise.all([articleOf(locale), articleOf(language)]);
  target.replaceChildren();
  if (both.includes(null)) return;
  const [left, right] = both.map(parts);
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const row = document.createElement("div");
    row.className = "row";
    row.append(cell(both[0], left.get(key)), cell(both[1], right.get(key)));
    target.append(row);
  }
}

if (entry) {
  const wanted = [...select.options].find((option) => option.value === asked.get("with"));
  if (wanted) wanted.selected = true;
  form.hidden = false;
  show(select.value);
  select.addEventListener("change", () => {
    history.replaceState(null, "", `?${new URLSearchParams({ entry, with: select.value })}`);
    show(select.value);
  });
}
