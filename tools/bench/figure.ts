/** What a figure should reach; `of` says whether the value or its ratio to the baseline is held against it. */
export type Goal = { readonly of: 'value' | 'ratio' } & ({ readonly atLeast: number } | { readonly atMost: number });

/** One measured figure beside a baseline of the same run. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the value is compared with, measured in the same run; null where nothing is comparable. */
  readonly baseline: number | null;
  readonly goal: Goal | null;
};

/** A figure as `--json` prints it, one object a line. */
export type FigureLine = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number | null;
  readonly ratio: number | null;
  readonly goal: string | null;
  readonly met: boolean | null;
};

/** Adds the ratio, and whether the goal is met. */
export function figureLine({ name, value, unit, baseline, goal }: Figure): FigureLine {
  const ratio = baseline === null ? null : value / baseline;
  if (goal === null) return { name, value, unit, baseline, ratio, goal: null, met: null };
  const judged = goal.of === 'value' ? value : ratio;
  const bound = 'atLeast' in goal ? goal.atLeast : goal.atMost;
  const met = judged !== null && ('atLeast' in goal ? judged >= bound : judged <= bound);
  return { name, value, unit, baseline, ratio, goal: `${goal.of} ${'atLeast' in goal ? '>=' : '<='} ${bound}`, met };
}

const shown = (value: number | null): string =>
  value === null
    ? '–'
    : Math.abs(value) >= 100
      ? Math.round(value).toLocaleString('en-GB')
      : String(Number(value.toPrecision(3)));

/** A table for people. */
export function figureTable(lines: readonly FigureLine[]): string {
  const head = ['figure', 'value', 'unit', 'baseline', 'ratio', 'goal', 'met'];
  const rows = lines.map((line) => [
    line.name,
    shown(line.value),
    line.unit,
    shown(line.baseline),
    shown(line.ratio),
    line.goal ?? '–',
    line.met === null ? '–' : line.met ? 'yes' : 'NO',
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const format = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  return [format(head), format(widths.map((width) => '-'.repeat(width))), ...rows.map(format)].join('\n');
}
