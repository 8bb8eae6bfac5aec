// Looking terms up as text/search.py does. The rules of folding come with the index: text/folding.py made them.

const swap = (text, table) => Array.from(text, (letter) => table[letter] ?? letter).join("");
const replace = (text, pattern, by) => text.replace(new RegExp(pattern, "gu"), by);
const compact = (text) => text.replaceAll(" ", "");

/** The text without case, accents and widths; hiragana for katakana; words apart by one space. */
export function fold(text, rules) {
  let folded = swap(text.normalize("NFKC"), rules.one_i).toLowerCase();
  if (/[^\0-\x7f]/.test(folded)) {
    folded = replace(folded.normalize("NFD"), rules.marks, "").normalize("NFC");
    folded = swap(folded, rules.letters);
  }
  return replace(folded, rules.not_word, " ").trim();
}

export const loose = (latin, rules) => rules.loose.reduce((text, [from, to]) => replace(text, from, to), latin);

/** The consonants of a query that is nothing else, else "". */
export function typedChoseong(text, rules) {
  const letters = swap(replace(text, rules.space, ""), rules.joined);
  return Array.from(letters).every((letter) => rules.initials.includes(letter)) ? letters : "";
}

/** What was typed, made comparable to each kind of key. */
export function queryOf(text, rules) {
  const folded = fold(text, rules);
  const words = folded ? folded.split(" ") : [];
  return {
    folded,
    words,
    compact: compact(folded),
    loose: loose(compact(folded), rules),
    choseong: typedChoseong(text, rules),
    // From each of its words on: where a term may stand with an ending, or something before it.
    tails: words.slice(0, 6).map((_, at) => words.slice(at).join("")),
  };
}

// How well a query fits a key: the smaller, the better. The last is for a query that holds the key and more.
const [EXACT, PREFIX, WORD, INSIDE, WORDS, HELD] = [0, 1, 2, 3, 4, 5];
const [PLAIN, LOOSE, CHOSEONG, SHAPE] = [0, 1, 2, 3];

function place(key, asked) {
  if (!asked || !key.includes(asked)) return null;
  return key === asked ? EXACT : key.startsWith(asked) ? PREFIX : INSIDE;
}

function fit([folded, , kind], asked) {
  const key = compact(folded);
  if (kind === CHOSEONG) return place(key, asked.choseong);
  if (asked.choseong || kind === SHAPE) return null;
  if (kind === LOOSE) return place(key, asked.loose);
  const found = place(key, asked.compact);
  if (found === EXACT || found === PREFIX) return found;
  if (` ${folded}`.includes(` ${asked.folded}`)) return WORD;
  if (found === null && asked.words.length > 1 && asked.words.every((word) => folded.includes(word))) return WORDS;
  return found;
}

/** Whether the query holds a term of three letters or more; in syllables and ideograms, two. */
function isHeld([folded, , kind], asked) {
  const key = compact(folded);
  const least = /^[\p{scx=Hang}\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}]/u.test(key) ? 2 : 3;
  return (kind === PLAIN || kind === SHAPE) && key.length >= least && asked.tails.some((tail) => tail.startsWith(key));
}

const before = (a, b) => {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at] < b[at];
};

/** [fit, penalty, length, what it spells] of the key that the query fits best; null if none. */
function best([, term, keys], asked, judge) {
  let found = null;
  for (const key of keys) {
    const rank = judge(key, asked);
    if (rank === null) continue;
    const length = Array.from(compact(key[0])).length;
    const fits = [rank, key[1], rank === HELD ? -length : length, key[3] ?? term];
    if (!found || before(fits, found)) found = fits;
  }
  return found;
}

function ranked(rows, asked, judge) {
  return rows
    .map((row) => ({ concept: row[0], term: row[1], found: best(row, asked, judge) }))
    .filter((hit) => hit.found)
    .map(({ concept, term, found }) => ({ concept, term, matched: found[3], rank: [...found.slice(0, 3), concept] }))
    .sort((a, b) => (before(a.rank, b.rank) ? -1 : 1));
}

/** The concepts that a query means, best first: {concept, term, matched}. */
export function search(rows, asked) {
  if (!asked.compact && !asked.choseong) return [];
  const hits = ranked(rows, asked, fit);
  const others = rows.filter(([concept]) => !hits.some((hit) => hit.concept === concept));
  return hits.concat(ranked(others, asked, (key) => (isHeld(key, asked) ? HELD : null)));
}

/** What to look up, first and if that brings nothing: a query that begins a key; one that holds a key. */
export function stepsOf({ tops }, { choseong, compact, loose, words, tails }) {
  if (choseong) return [[choseong]];
  const longest = words.reduce((one, other) => (other.length > one.length ? other : one), "");
  const held = tops.filter((top) => top.length > 1 && tails.some((tail) => tail.startsWith(top)));
  return [[compact, loose, longest], [...tails, ...held.slice(-4)]];
}

/** The files of the index that hold all keys with these beginnings, or the best of them. */
export function filesFor({ parts, tops }, beginnings) {
  const names = beginnings.filter(Boolean).map((text) => {
    if (tops.includes(text)) return `top-${hex(text)}`;
    const part = parts.findLast((beginning) => beginning <= text);
    return part === undefined ? null : `part-${hex(part)}`;
  });
  return [...new Set(names.filter(Boolean))];
}

const hex = (text) => Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The same concepts from several files as one, each with all its keys. */
export function merged(files) {
  const rows = new Map();
  for (const [concept, term, keys] of files.flat()) {
    const known = rows.get(concept);
    rows.set(concept, [concept, term, known ? known[2].concat(keys) : keys]);
  }
  return [...rows.values()];
}
