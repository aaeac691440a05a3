import type { BrokerState } from './broker-state.ts';
import { type ConsoleLanguage, type ConsoleWords, languages, words } from './words.ts';

export type PagePlan = {
  readonly language: ConsoleLanguage;
  /** Undefined while no broker answers. */
  readonly state: BrokerState | undefined;
  /** Undefined where the reader has stopped the renewing. */
  readonly refreshSeconds: number | undefined;
  readonly refreshSecondsUsual: number;
};

/** The whole page: tables that a screen reader can follow, no script, no cookie. */
export function consolePage(plan: PagePlan): string {
  const { language, state, refreshSeconds } = plan;
  const say = words[language];
  const refresh = refreshSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${refreshSeconds}">`;
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${refresh}
<title>${text(say.title)}</title><link rel="stylesheet" href="style.css"></head>
<body>
<header><h1>${text(say.title)}</h1>${languageLinks(plan)}</header>
<main>
<p>${text(say.readOnly)} ${refreshing(plan, say)}</p>
${state === undefined ? `<p role="alert" class="bad">${text(say.brokerAway)}</p>` : tables(state, say)}
</main>
</body></html>
`;
}

function tables(state: BrokerState, say: ConsoleWords): string {
  const seen = new Date(state.atMs).toISOString();
  return `<p>${text(say.seenAt)}: <time datetime="${seen}">${localTime(state.atMs)} (UTC+05:00)</time></p>
${topicTable(state, say)}
<h2>${text(say.differences)}</h2>
${
  state.differences.length === 0
    ? `<p>${text(say.noDifference)}</p>`
    : `<ul class="bad">${state.differences.map((line) => `<li>${text(line)}</li>`).join('')}</ul>`
}
${groupTable(state, say)}`;
}

function topicTable({ topics }: BrokerState, say: ConsoleWords): string {
  const head = [say.topic, say.partitions, say.records, say.deadLetters, say.retention, say.onFailure, say.personal];
  const rows = topics.map(({ name, partitions, records, deadLetters, retention, failurePolicy, personal }) => [
    name,
    partitions,
    records ?? say.missing,
    { bad: (deadLetters ?? 0) > 0, value: deadLetters ?? say.missing },
    retention,
    failurePolicy,
    personal ? say.yes : say.no,
  ]);
  return table(say.topics, head, rows);
}

function groupTable({ groups }: BrokerState, say: ConsoleWords): string {
  if (groups.length === 0) return `<h2>${text(say.groups)}</h2><p>${text(say.noGroup)}</p>`;
  const head = [say.group, say.topic, say.members, say.waiting, say.oldestSeconds];
  const rows = groups.map(({ group, topic, state, messages, oldestSeconds }) => [
    group,
    topic,
    { bad: state !== 'Stable', value: state },
    messages,
    Math.round(oldestSeconds * 10) / 10,
  ]);
  return table(say.groups, head, rows);
}

type Cell = string | number | { readonly bad: boolean; readonly value: string | number };

function table(caption: string, head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const headings = head.map((each) => `<th scope="col">${text(each)}</th>`).join('');
  const body = rows.map(
    ([first, ...rest]) => `<tr><th scope="row">${cellText(first!)}</th>${rest.map(cell).join('')}</tr>`,
  );
  return `<table><caption>${text(caption)}</caption><thead><tr>${headings}</tr></thead><tbody>
${body.join('\n')}
</tbody></table>`;
}

function cell(value: Cell): string {
  const plain = typeof value === 'object' ? value.value : value;
  const classes = [typeof plain === 'number' ? 'number' : '', typeof value === 'object' && value.bad ? 'bad' : ''];
  return `<td class="${classes.filter((each) => each !== '').join(' ')}">${cellText(value)}</td>`;
}

function cellText(value: Cell): string {
  return text(String(typeof value === 'object' ? value.value : value));
}

function languageLinks({ language, refreshSeconds }: PagePlan): string {
  const links = languages.map((each) => {
    const current = each === language ? ' aria-current="true"' : '';
    return `<a lang="${each}" hreflang="${each}" href="${address(each, refreshSeconds !== undefined)}"${current}>${text(words[each].language)}</a>`;
  });
  return `<nav aria-label="Language">${links.join(' · ')}</nav>`;
}

function refreshing({ language, refreshSeconds, refreshSecondsUsual }: PagePlan, say: ConsoleWords): string {
  return refreshSeconds === undefined
    ? `<a href="${address(language, true)}">${text(say.refreshAgain)}</a>`
    : `${text(say.refreshes(refreshSecondsUsual))} <a href="${address(language, false)}">${text(say.stopRefreshing)}</a>`;
}

function address(language: ConsoleLanguage, refreshes: boolean): string {
  return `?lang=${language}${refreshes ? '' : '&amp;refresh=off'}`;
}

function localTime(atMs: number): string {
  const local = new Date(atMs + 5 * 3_600_000).toISOString();
  return `${local.slice(8, 10)}.${local.slice(5, 7)}.${local.slice(0, 4)} ${local.slice(11, 19)}`;
}

function text(plain: string): string {
  return plain.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** Served beside the page, so that nothing inline has to be allowed. Colours have a contrast of at least 4.5 to 1. */
export const consoleStyle = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem; }
header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: baseline; justify-content: space-between; }
table { border-collapse: collapse; margin: 1.5rem 0; width: 100%; }
caption { font-size: 1.3rem; font-weight: bold; text-align: start; padding: .5rem 0; }
th, td { border-bottom: 1px solid #888; padding: .3rem .6rem; text-align: start; }
td.number { text-align: end; font-variant-numeric: tabular-nums; }
.bad { color: light-dark(#a40000, #ff9a9a); font-weight: bold; }
a { color: light-dark(#0b4fa0, #9ac4ff); }
a:focus-visible { outline: 3px solid; }
a[aria-current] { font-weight: bold; text-decoration: none; }
`;
