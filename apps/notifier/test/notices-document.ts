import { smsPartsOf } from '#smpp';
import { channelsOf, reachOf } from '../src/notices/channels.ts';
import { decisionRules } from '../src/notices/decision-notices.ts';
import { codesOfEvent } from '../src/notices/event-notices.ts';
import { noticeCodes, stages, type NoticeCode } from '../src/notices/notice.ts';
import { stageOfDecision } from '../src/notices/stages.ts';
import { word } from '../src/wording/word.ts';
import { samples, words } from './sayings.ts';

const about: Record<NoticeCode, readonly [what: string, paragraph: string]> = {
  N01: ['application received', 'p.5'],
  N02: ['documents not accepted', 'p.5'],
  N03: ['service refused', 'p.5, p.14'],
  N04: ['queued, with the numbers', 'p.6'],
  N05: ['authenticity will be checked; a check is delayed', 'p.16(5)'],
  N10: ['benefit not confirmed, category changed', 'p.13(3), p.14'],
  N11: ['annual interest, first', 'p.15'],
  N12: ['annual interest, second', 'p.15'],
  N13: ['archived', 'p.13(7)'],
  N14: ['seat offered', 'p.15, p.16(3)'],
  N15: ['offer repeated, or its deadline moved', 'p.16(3)'],
  N16: ['queue suspended', 'p.15'],
  N17: ['interest after the suspension', 'p.15'],
  N18: ['back in the queue, or interest confirmed', 'p.15'],
  N19: ['offer withdrawn', 'p.15'],
  N20: ['planned age reached', 'p.16(6)'],
  N21: ['referral issued', 'p.3(12), p.15(9)'],
  N23: ['referral cancelled, expired, annulled, extended', 'p.25'],
  N24: ['archived for age', 'p.16(4)'],
  N27: ['admission refused', 'p.28'],
  N28: ['contract to sign', 'p.22'],
  N29: ['child admitted', 'p.22'],
  N30: ['second check failed', 'p.14'],
  N33: ['siblings offered together', 'p.26'],
  N36: ['request not accepted', 'settled point 16'],
};

/** The generated part of docs/notices.md: which message brings about which notice, and every text. */
export function noticesDocument(): string {
  return [
    '## Which notice, when, where',
    '',
    'M: the citizen must get it; S: should. An S or M notice that waits for an answer goes to the phone whatever its row says.',
    '',
    '| notice | level | says | brought about by | channels | paragraph |',
    '|---|---|---|---|---|---|',
    ...noticeCodes.map(noticeRow),
    '',
    '## Which stage, when',
    '',
    '| stage | brought about by |',
    '|---|---|',
    ...stages.map(stageRow),
    '',
    '## Every text',
    '',
    'Numbers, names and dates are examples. "parts" is what an operator charges for the SMS.',
    '',
    ...samples.flatMap(textRows),
  ].join('\n');
}

function noticeRow(code: NoticeCode): string {
  const [what, paragraph] = about[code];
  const rules = {
    ...decisionRules,
    ...Object.fromEntries(Object.entries(codesOfEvent).map(([k, v]) => [k, { codes: v }])),
  };
  const causes = Object.entries(rules)
    .filter(([, { codes }]) => codes.includes(code))
    .map(([type]) => `\`${type}\``);
  const channels = channelsOf({ code, answerByMs: null }).join(', ');
  return `| ${code} | ${reachOf[code].level} | ${what} | ${causes.join(', ')} | ${channels} | ${paragraph} |`;
}

function stageRow(stage: string): string {
  const decisions = Object.entries(stageOfDecision)
    .filter(([, brought]) => brought === stage)
    .map(([type]) => `\`${type}\``);
  const events = { REGISTERED: '`ApplicationReceived`', REFUSED: '`ApplicationRefused`' }[stage];
  return `| ${stage} | ${[...(events ? [events] : []), ...decisions].join(', ')} |`;
}

function textRows({ code, saying }: (typeof samples)[number]): string[] {
  const { cabinet, sms } = word(saying, words);
  const answerByMs = 'answerByMs' in saying ? saying.answerByMs : null;
  const bySms = channelsOf({ code, answerByMs }).includes('SMS');
  const rows = [`- **${code}** (${saying.kind})`, `  - kk: ${cabinet.kk}`, `  - ru: ${cabinet.ru}`];
  if (!bySms) return rows;
  for (const language of ['kk', 'ru'] as const) {
    const text = sms[language] === cabinet[language] ? 'the same' : sms[language];
    rows.push(`  - SMS ${language} (${smsPartsOf(sms[language])} parts): ${text}`);
  }
  return rows;
}
