// The types of the reports. They are for checks and are not served.

export type Value = string | number | boolean | string[] | null;
export type Row = Record<string, Value>;

/** What the server answers with, for any report. One that lists has neither intervals nor a period before. */
export interface ReportAnswer {
  report: string;
  zone: string;
  interval: string;
  by: string[];
  from: string;
  to: string;
  as_of: string;
  position: number;
  masked: boolean;
  rows: Row[];
  next: string | null;
  intervals?: Api.ReportInterval[];
  previous?: { from: string; to: string; as_of: string; days: number; rows: Row[] } | null;
}

/**
 * A report as it came for a query. `total` is the answer with everything as one row, `together` the one with a row for
 * each interval; they are the answer itself where it is that already, and null where the report does not sum up.
 */
export interface Figures {
  query: Record<string, string>;
  answer: ReportAnswer;
  total: ReportAnswer | null;
  together: ReportAnswer | null;
}
