// The catalogues of words: every page's are complete in every language, with the same values in them. Run with Node.

import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { test } from "node:test";

const pages = process.env.PAGES;
const folders = readdirSync(pages).filter((name) => existsSync(`${pages}/${name}/words/en.js`));

/** The texts of an entry: one, or one for each plural. */
function textsOf(entry) {
  return typeof entry === "string" ? [entry] : Object.values(entry);
}

/** The names in braces, once each. */
function valuesIn(entry) {
  return [...new Set(textsOf(entry).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();
}

for (const folder of folders) {
  test(`the words of ${folder} are complete in German`, async () => {
    const [{ WORDS: english }, { WORDS: german }] = await Promise.all(["en", "de"].map((tag) => import(`${pages}/${folder}/words/${tag}.js`)));
    assert.deepEqual(Object.keys(german), Object.keys(english));
    assert.deepEqual(Object.keys(english), Object.keys(english).toSorted());
    for (const [key, entry] of Object.entries(english)) {
      assert.deepEqual(valuesIn(german[key]), valuesIn(entry), key);
      assert.equal(typeof german[key], typeof entry, key);
      for (const text of [...textsOf(entry), ...textsOf(german[key])]) assert.notEqual(text.trim(), "", key);
    }
  });
}

test("there are words", () => assert.ok(folders.includes("base")));
