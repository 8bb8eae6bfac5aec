// Worked examples with the reader's own figures: story, table and chart follow at once. What that takes is fetched when
// a reader comes near the form.

const { root, locale } = document.documentElement.dataset;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A control with its label and a place for a message. */
function field(control, id, label) {
  const error = element("span", { id: `${id}-error`, className: "error" });
  control.id = id;
  control.setAttribute("aria-describedby", error.id);
  return element("p", {}, element("label", { htmlFor: id, textContent: label }), control, error);
}

/** Put the form into `details`, and let the example follow it. */
function start(section, details, [{ tag, words, base, currencies, endings, ...kinds }, figures]) {
  const example = JSON.parse(section.dataset.calculator);
  const kindOf = (name) => example.kinds[name];
  const all = (selector) => [...section.querySelectorAll(selector)];
  const [told, cells, drawn] = [".story [data-figure]", "td[data-figure]", "svg [data-figure]"].map(all);
  const labels = Object.fromEntries(cells.map((cell) => [cell.dataset.figure, cell.parentElement.cells[0].textContent]));
  const given = Object.fromEntries(Object.entries(example.figures).map(([name, text]) => [name, figures.decimal(text)]));
  const isRtl = getComputedStyle(section).direction === "rtl";

  const fields = Object.keys(given).filter((name) => labels[name]).map((name) => {
    const form = { ...base, ...kinds[kindOf(name)], affixes: ["", "", "-", ""], group: "", fraction: 20, trim: "all" };
    const defaultValue = figures.written(given[name], form).text;
    const input = element("input", { inputMode: "decimal", autocomplete: "off", defaultValue });
    const label = labels[name] + (form.shift ? " (%)" : "");
    return { name, input, form, box: field(input, `${section.firstElementChild.id}-${name}`, label) };
  });
  const options = Object.entries(currencies).map(([code, { name }]) => {
    const isOwn = code === example.currency;
    return new Option(`${name} (${code})`, code, isOwn, isOwn);
  });
  const select = element("select", {}, ...options);
  const output = element("output", { className: "visually-hidden" });
  const form = element("form", {}, ...fields.map(({ box }) => box));
  form.append(field(select, `${section.firstElementChild.id}-`, words.currency));
  form.append(element("button", { type: "reset", textContent: words.reset }), output);

  function show(values) {
    const write = ({ dataset: { figure } }, inProse) => {
      const { symbol, prose } = currencies[select.value];
      const special = kinds[kindOf(figure)] ?? { ...symbol, ...(inProse && prose) };
      return figures.written(values[figure], { ...base, ...special }, tag);
    };
    const last = {};
    for (const span of told) {
      const { figure, form } = span.dataset;
      const amount = write(span, true);
      last[figure] = form ? last[figure] : span;
      const { text, cut, added } = form ? figures.ending(endings, kindOf(figure) ?? select.value, amount, span.dataset) : amount;
      span.textContent = text;
      if (form) last[figure].textContent = amount.text.slice(0, amount.text.length - cut) + added;
    }
    for (const cell of cells) cell.textContent = write(cell).text;
    const lengths = drawn.length ? figures.bars(drawn.map(({ dataset }) => [dataset.figure, dataset.of]), values) : [];
    lengths.forEach(([start, length], i) => {
      const [, amount, bar] = drawn[i].children;
      bar.setAttribute("x", `${(isRtl ? 10000 - start - length : start) / 100}%`);
      bar.setAttribute("width", `${length / 100}%`);
      amount.textContent = write(drawn[i]).text;
    });
  }

  let good = figures.compute(example, given);
  let changed, timer;
  function update({ target }) {
    if (target !== select) changed = target;
    const typed = Object.fromEntries(fields.map(({ name, input, form }) => [name, figures.read(input.value, form)]));
    const isRead = Object.values(typed).every(Boolean);
    const values = isRead && figures.compute(example, { ...given, ...typed });
    good = values || good;
    if (good) show(good);
    for (const { name, input, box } of fields) {
      const message = !typed[name] ? words.not_a_number : isRead && !values && input === changed ? words.no_result : "";
      input.setAttribute("aria-invalid", message !== "");
      box.lastElementChild.textContent = message;
    }
    clearTimeout(timer); // read out when the typing pauses
    timer = setTimeout(() => { output.value = all(values ? "tr.result" : ".error").map((node) => node.innerText).join("\n"); }, 1000);
  }
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(update, 0, {})); // by then the fields have their first values
  details.append(form);
}

let numbers;
/** What the first reader of a page who wants to calculate waits for. */
const loaded = () => (numbers ??= Promise.all([
  fetch(`${root}${locale}/amounts.json`).then((found) => found.json()),
  import("./figures.js"),
]));

for (const section of document.querySelectorAll("[data-calculator]")) {
  const details = section.querySelector(".calculator");
  let isStarted;
  const prepare = async () => {
    const parts = await loaded().catch(() => { details.hidden = true; }); // no numbers: the example stays as it came
    if (parts && !isStarted) start(section, details, parts);
    isStarted = true;
  };
  for (const event of ["pointerenter", "focusin", "toggle"]) details.addEventListener(event, prepare);
  details.hidden = false;
}
