// The types of charts. They are for checks and are not served.

/** What the values are: counted, plain numbers, seconds, or percent. */
export type ValueKind = "count" | "number" | "duration" | "share";

/** One line or colour. A `past` one is drawn behind the others, thinner: what there was before. */
export interface Series {
  name: string;
  values: (number | null)[];
  past?: boolean;
}

/** `points` are the places along the chart in full words; `marks` are shorter ones for the axis. */
export interface ChartData {
  label: string;
  points: string[];
  marks: string[];
  series: Series[];
  kind: ValueKind;
  written: (value: number) => string;
  shape: "lines" | "columns" | "bars";
}

/** Where a drawing is: its size, the direction of reading, and the place that is read now. */
export interface Canvas {
  width: number;
  height: number;
  rightToLeft: boolean;
}
