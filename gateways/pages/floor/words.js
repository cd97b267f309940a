// The words of the floor.

import { wordsOf } from "../base/words.js";

export const t = await wordsOf({ de: () => import("./words/de.js"), en: () => import("./words/en.js") });
