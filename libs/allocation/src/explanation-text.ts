/** An explanation in words: one fact a line, each with its paragraph of the Rules. */
import { type EntryExplanation, type Explanation } from './explain.ts';
import { type Words } from './explanation-words.ts';
import { english } from './explanation-words-en.ts';
import { kazakh } from './explanation-words-kk.ts';
import { russian } from './explanation-words-ru.ts';
import { dateFromDay, dayOf, startOfDayMs } from './terms.ts';

export type ExplanationLanguage = 'kk' | 'ru' | 'en';
const words: Readonly<Record<ExplanationLanguage, Words>> = { kk: kazakh, ru: russian, en: english };
/** How the Rules' paragraphs are cited. */
const cite: Readonly<Record<ExplanationLanguage, (paragraph: string) => string>> = {
  kk: (paragraph) =>
    paragraph.replaceAll(/p\.(\d+)(?:\((\d+)\))?/g, (_, point, sub) => `${point}-т.${sub ? ` ${sub})` : ''}`),
  ru: (paragraph) =>
    paragraph.replaceAll(/p\.(\d+)(?:\((\d+)\))?/g, (_, point, sub) => `${sub ? `пп. ${sub}) ` : ''}п. ${point}`),
  en: (paragraph) => paragraph,
};

/** Local time, to the millisecond where it has one. */
function timeText(ms: number): string {
  const rest = ms - startOfDayMs(dayOf(ms));
  const part = (unit: number, of: number): string => String(Math.floor(rest / unit) % of).padStart(2, '0');
  const clock = `${part(3_600_000, 24)}:${part(60_000, 60)}:${part(1000, 60)}`;
  const fraction = rest % 1000 === 0 ? '' : `.${String(rest % 1000).padStart(3, '0')}`;
  return `${dateFromDay(dayOf(ms))} ${clock}${fraction}`;
}

/** The explanation for a person, in Kazakh, Russian or English; lines end with a line feed. */
export function explanationText(explanation: Explanation, language: ExplanationLanguage): string {
  const w = words[language];
  const by = (line: string, paragraph: string): string => `${line} [${cite[language](paragraph)}]`;
  const lines = linesOf(explanation, w, by);
  return lines.map((line) => `${line}\n`).join('');
}

type By = (line: string, paragraph: string) => string;

function linesOf(explanation: Explanation, w: Words, by: By): string[] {
  switch (explanation.kind) {
    case 'UNKNOWN_APPLICATION':
      return [w.unknown(explanation.applicationId)];
    case 'ENROLLED':
      return [by(w.enrolled(explanation.applicationId), explanation.paragraph)];
    case 'ARCHIVED':
      return [by(w.archived(explanation.applicationId, w.reasons[explanation.reason]), explanation.paragraph)];
    case 'NO_ENTRY': {
      const { applicationId, preschoolId, archivedFor } = explanation;
      const before =
        archivedFor === null ? [] : [by(w.archivedThere(w.reasons[archivedFor.reason]), archivedFor.paragraph)];
      return [w.noEntry(applicationId, preschoolId), ...before];
    }
    case 'ENTRY':
      return [w.heading(explanation.applicationId, explanation.preschoolId), ...linesOfEntry(explanation, w, by)];
  }
}

function linesOfEntry(x: EntryExplanation, w: Words, by: By): string[] {
  const { segment, category, orderTime, nextSlots } = x;
  const queue = w.segment(w.queues[segment.queue], segment.profile, segment.language, segment.birthYear);
  const time = w.orderTime(timeText(orderTime.ms), orderTime.sequence);
  const classes = nextSlots.slots.map((slot) => w.categories[slot.class]).join(', ');
  return [
    by(segment.yearSetByDepartment ? `${queue} (${w.yearByDepartment})` : queue, segment.paragraph),
    by(w.category(w.categories[category.class]), category.paragraph),
    by(orderTime.cameBack ? `${time} (${w.cameBack})` : time, orderTime.paragraph),
    w.state(w.states[x.state]),
    x.position === null ? w.noPosition : w.position(x.position),
    ...(x.ahead === null
      ? []
      : [by(w.ahead(x.ahead.outOfTurn, x.ahead.firstPriority, x.ahead.general), x.ahead.paragraph)]),
    ...(classes === '' ? [] : [by(w.nextSlots(classes), nextSlots.paragraph)]),
    awaitedLine(x, w, by),
    ...(x.leaving === null ? [] : [by(w.leaving(w.reasons[x.leaving.reason]), x.leaving.paragraph)]),
    ...(x.annualQuestion === null
      ? []
      : [by(w.annualQuestion(timeText(x.annualQuestion.answerByMs)), x.annualQuestion.paragraph)]),
    ...(x.holdsStay === null ? [] : [by(w.holdsStay, x.holdsStay.paragraph)]),
  ];
}

function awaitedLine({ waitsFor }: EntryExplanation, w: Words, by: By): string {
  const { what, untilMs, vacancyId, paragraph } = waitsFor;
  const seat = vacancyId === null ? '' : ` (${vacancyId})`;
  const until = untilMs === null ? '' : `, ${w.until(timeText(untilMs))}`;
  return by(`${w.waitsFor[what]}${seat}${until}`, paragraph);
}
