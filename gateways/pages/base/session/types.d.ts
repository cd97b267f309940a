// The types of the session that all pages share. They are for checks and are not served.

/** What stands after the question mark of an address. Empty values are left out. */
export interface Query {
  [name: string]: string | number | boolean | null | undefined;
}

export type Problem = import("./problem.js").Problem;

/** A session as the tabs pass it on. An API key has no more than a token; `number` grows with each renewal. */
export interface KeptSession {
  token: string;
  expiresAt?: number;
  refreshToken?: string;
  agent?: Api.Profile;
  number?: number;
}

/** A feed that is followed. `held` means that something on the way holds its stream back, `woken` that the tab has slept. */
export interface Feed {
  path: string;
  parameters: (failures: number) => Query;
  cursor: number;
  failures: number;
  held: boolean;
  woken: boolean;
}

export type FeedState = "live" | "held" | "interrupted";

export interface FeedListener<Event = any> {
  event(event: Event, cursor: number): void;
  signal?(signal: any): void;
  state(state: FeedState): void;
  problem(problem: Problem): void;
}
