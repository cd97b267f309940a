// The paths of the drawings, each in a square of 24.

export const FILE = "M6 2h8l5 5v13a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm7 2v4h4z";
export const PLAY = "M7 4v16l13-8z";
export const PLACE =
  "M12 2a7 7 0 0 0-7 7c0 5 7 13 7 13s7-8 7-13a7 7 0 0 0-7-7zm0 9.5a2.5 2.5 0 1 1 0-5 2.5 2.5 0 0 1 0 5z";
export const PERSON = "M12 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10zm0 2c-5 0-9 2.5-9 6v2h18v-2c0-3.5-4-6-9-6z";
export const PHOTO =
  "M9 4h6l2 3h3a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2h3zm3 13a4 4 0 1 0 0-8 4 4 0 0 0 0 8z";
export const DOWNLOAD = "M11 3h2v9l3.5-3.5 1.5 1.5-6 6-6-6 1.5-1.5L11 12zM4 19h16v2H4z";
export const ONWARD = "M9 5l7 7-7 7-1.5-1.5L13 12 7.5 6.5z";
export const DONE = "M9.5 18 4 12.5l1.5-1.5 4 4 9-9L20 7.5z";
