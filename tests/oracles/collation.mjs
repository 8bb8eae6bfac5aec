// Words in Intl's order. Standard input: [[locale, [word, ...]], ...]; output: the versions, then for each list its
// words as [[word, ...], ...], equal ones together.
import { readFileSync } from 'node:fs';
const inOrder = ([locale, words]) => {
  const { compare } = new Intl.Collator(locale);
  const groups = [];
  for (const word of words.sort(compare)) {
    const last = groups.at(-1);
    if (last && compare(last[0], word) === 0) last.push(word);
    else groups.push([word]);
  }
  return groups;
};
const lists = JSON.parse(readFileSync(0, 'utf8')).map(inOrder);
console.log(JSON.stringify([[process.version, process.versions.icu, process.versions.cldr], ...lists]));
