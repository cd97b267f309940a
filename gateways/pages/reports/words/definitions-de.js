// What reports and their figures mean, in German, by what the server says in English.

/** @type {Record<string, string>} */
export const DEFINITIONS = {};
