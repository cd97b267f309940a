// The words that all pages share.

import { wordsOf } from "../words.js";

export const shared = await wordsOf({ de: () => import("./de.js"), en: () => import("./en.js") });
