// Links to concepts show the short definition: on hover, on focus, at the first tap. Without the Popover API, or
// without the data, they stay plain links.

const { root, locale } = document.documentElement.dataset;
const home = new URL(`${root}${locale}/`, document.baseURI);
const DELAY = 250; // ms before a pointer that passes over a link opens it, and before it closes again

// The pages that the foot of the site names are no entries, though their addresses look alike.
const pages = new Set([...document.querySelectorAll(".ways a")].map((link) => link.href));

/** The concept that a link of this page goes to, or "". */
function conceptOf(link) {
  const url = new URL(link.href);
  if (url.origin !== home.origin || !url.pathname.startsWith(home.pathname)) return "";
  if (url.pathname === location.pathname || pages.has(url.href)) return "";
  const found = /^([a-z0-9]+(?:-[a-z0-9]+)*)\/$/.exec(url.pathname.slice(home.pathname.length));
  return found ? found[1] : "";
}

const known = new Map();

/** What is shown of a concept: {term, reading, description}; null where there is none. */
function summaryOf(concept) {
  if (!known.has(concept)) {
    const answer = fetch(new URL(`${concept}.json`, home)).then((response) => (response.ok ? response.json() : null));
    known.set(concept, answer.then((entry) => entry && summary(entry)).catch(() => null));
  }
  return known.get(concept);
}

function summary(entry) {
  const preferred = entry.terms.find((term) => term.status === "preferred");
  return { term: preferred.term, reading: preferred.reading, description: entry.description };
}

const card = document.createElement("div");
card.id = "definition-card";
card.className = "card";
card.popover = "manual";
card.setAttribute("role", "tooltip");
const heading = document.createElement("strong");
const body = document.createElement("p");
card.append(heading, body);

let shownFor = null;
let timer = 0;

async function show(link) {
  const found = await summaryOf(conceptOf(link));
  if (!found || !(link.matches(":hover, :focus") || link === tapped)) return;
  if (!card.isConnected) document.body.append(card);
  heading.textContent = found.reading && found.reading !== found.term ? `${found.term}（${found.reading}）` : found.term;
  body.textContent = found.description;
  if (shownFor && shownFor !== link) shownFor.removeAttribute("aria-describedby");
  shownFor = link;
  link.setAttribute("aria-describedby", card.id);
  card.showPopover();
  place(link);
}

/** Below the link if there is room, else above; never past an edge of the window. */
function place(link) {
  const [at] = link.getClientRects();
  const { width, height } = card.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const left = getComputedStyle(link).direction === "rtl" ? at.right - width : at.left;
  const below = at.bottom + 6;
  const top = below + height > clientHeight && at.top - 6 - height >= 0 ? at.top - 6 - height : below;
  card.style.left = `${Math.max(8, Math.min(left, clientWidth - width - 8))}px`;
  card.style.top = `${top}px`;
}

function hide() {
  clearTimeout(timer);
  tapped = null;
  if (!shownFor) return;
  shownFor.removeAttribute("aria-describedby");
  shownFor = null;
  card.hidePopover();
}

function soon(action) {
  clearTimeout(timer);
  timer = setTimeout(action, DELAY);
}

let tapped = null;
const linkAt = (event) => {
  const link = event.target.closest?.("main a[href]");
  return link && conceptOf(link) ? link : null;
};

if ("popover" in HTMLElement.prototype) {
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkAt(event);
    if (link && link !== shownFor) soon(() => show(link));
    else if (link || card.contains(event.target)) clearTimeout(timer);
    else if (shownFor && !shownFor.matches(":focus-visible")) soon(hide);
    else if (!shownFor) clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const link = linkAt(event);
    if (link?.matches(":focus-visible")) show(link);
    else if (shownFor && !card.contains(event.target)) hide();
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  addEventListener("scroll", () => shownFor && place(shownFor), { passive: true });
  // The first tap shows, the second follows the link; a tap elsewhere closes.
  document.addEventListener("click", (event) => {
    const link = linkAt(event);
    if (event.pointerType !== "touch") return;
    if (!link) {
      if (!card.contains(event.target)) hide();
    } else if (link !== shownFor) {
      event.preventDefault();
      tapped = link;
      summaryOf(conceptOf(link)).then((found) => (found ? show(link) : location.assign(link.href)));
    }
  });
}
