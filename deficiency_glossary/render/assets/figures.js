// The figures of worked examples: computed, written, read and drawn. No language is known here: how a locale writes
// amounts, and what ends them, is in amounts.json, made from the rules that wrote the page (render/calculator.py).

const LONGEST = 10n ** 30n; // amounts.json does not know the endings of longer results

// --- arithmetic: [n, d] is the fraction n/d, d > 0

const operations = {
  "+": ([a, b], [c, d]) => [a * d + c * b, b * d],
  "-": ([a, b], [c, d]) => [a * d - c * b, b * d],
  "*": ([a, b], [c, d]) => [a * c, b * d],
  "/": ([a, b], [c, d]) => (c < 0n ? [-a * d, b * -c] : [a * d, b * c]),
};
const ZERO = [0n, 1n];
const size = (n) => (n < 0n ? -n : n);

export function decimal(text) {
  const [whole, fraction = ""] = text.split(".");
  return [BigInt(whole + fraction), 10n ** BigInt(fraction.length)];
}

/** sum := product (+- product)*; product := atom (*\/ atom)*; atom := number | name | -atom | (sum) */
function evaluate(formula, values) {
  const tokens = formula.match(/[\d.]+|\w+|\S/g);
  const chain = (signs, part) => () => {
    let value = part();
    while (signs.includes(tokens[0])) value = operations[tokens.shift()](value, part());
    return value;
  };
  const atom = () => {
    const token = tokens.shift();
    if (token === "-") return operations["-"](ZERO, atom());
    if (token !== "(") return values[token] ?? decimal(token);
    const value = sum();
    tokens.shift();
    return value;
  };
  const sum = chain(["+", "-"], chain(["*", "/"], atom));
  return sum();
}

/** All figures; null where one cannot be computed, or is too long. */
export function compute({ results }, given) {
  const values = { ...given };
  for (const [name, formula] of Object.entries(results)) {
    const [n, d] = (values[name] = evaluate(formula, values));
    if (!d || size(n) >= LONGEST * d) return null;
  }
  return values;
}

// --- numbers as text; `form` is how a kind of number is written

/** An amount, rounded half up, and the digits that it ends in. */
export function written([n, d], form, tag) {
  const scaled = (2n * size(n) * 10n ** BigInt(form.fraction + form.shift) + d) / (2n * d);
  const text = String(scaled).padStart(form.fraction + 1, "0");
  const whole = text.slice(0, text.length - form.fraction);
  let fraction = text.slice(whole.length);
  if (form.trim === "all" || !/[1-9]/.test(fraction)) fraction = fraction.replace(/0+$/, "");
  let { affixes } = form;
  if (!Array.isArray(affixes)) {
    const rules = new Intl.PluralRules(tag, { minimumFractionDigits: fraction.length });
    affixes = affixes[rules.select(Number(`${whole}.${fraction}`))] ?? affixes.other;
  }
  const [prefix, suffix] = affixes.slice(scaled && n < 0n ? 2 : 0);
  const [last, others] = form.sizes;
  const groups = [whole.slice(-last)];
  for (let rest = whole.slice(0, -last); rest; rest = rest.slice(0, -others)) groups.unshift(rest.slice(-others));
  const shown = groups.join(form.group) + (fraction && form.decimal + fraction);
  return { text: prefix + shown + suffix, last: fraction || whole, part: fraction ? "fraction" : "whole" };
}

/** What a reader typed, or null. */
export function read(text, { shift, pattern }) {
  const typed = text.normalize("NFKC").replace(/\s/g, " ").replace(shift ? "%" : "", "").trim();
  const [, minus, grouped, , fraction = ""] = new RegExp(pattern).exec(typed) ?? [];
  const whole = grouped?.replace(/\D/g, "") ?? "";
  if (!(whole + fraction) || whole.length > 15) return null;
  const [n, d] = decimal(`${whole}.${fraction}`);
  return [minus ? -n : n, d * 10n ** BigInt(shift)];
}

/** The ending after an amount, how many letters of the amount go, what comes in their place. */
export function ending({ forms, rows, of }, kind, { last, part }, { form, typed = form }) {
  const known = last.replace(/0+$/, "");
  const table = of[kind][part] ?? [of[kind]];
  const row = table[Math.min(known && last.length - known.length, table.length - 1)];
  const [text, cut = 0, added = ""] = [rows[row[known.at(-1) ?? 0] ?? row][forms.indexOf(form)] ?? typed].flat();
  return { text, cut, added };
}

/** [start, length] of bars in hundredths of a per cent: `pieces` are names, and what each is a piece of, if anything. */
export function bars(pieces, values) {
  const ends = pieces.map(([name, of]) => [of ? operations["-"](values[of], values[name]) : ZERO, values[name]]);
  const shown = ends.map((pair) => (pair[1][0] > 0n ? pair : [ZERO, ZERO]));
  const unit = shown.flat().reduce((product, [, d]) => product * d, 1n);
  const whole = shown.map((pair) => pair.map(([n, d]) => (n > 0n ? (n * unit) / d : 0n)));
  const longest = whole.map(([start, length]) => start + length).reduce((a, b) => (a > b ? a : b)) || 1n;
  return whole.map((pair) => pair.map((part) => Number((20000n * part + longest) / (2n * longest))));
}
