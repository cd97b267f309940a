// The words of the desk.

import { wordsOf } from "../base/words.js";

export const t = await wordsOf({ de: () => import("./words/de.js"), en: () => import("./words/en.js") });
