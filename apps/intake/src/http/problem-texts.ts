import type { ProblemKind } from './problem-kinds.ts';

export type ProblemLanguage = 'kk' | 'ru' | 'en';

export const problemTexts: Record<ProblemKind, Record<ProblemLanguage, string>> = {
  'invalid-input': {
    kk: 'Өтініште қате бар',
    ru: 'В запросе есть ошибка',
    en: 'The request has an error',
  },
  'malformed-body': { kk: 'Сұрау JSON емес', ru: 'Запрос не является JSON', en: 'The body is not JSON' },
  'idempotency-key-missing': {
    kk: 'Idempotency-Key тақырыбы жоқ',
    ru: 'Нет заголовка Idempotency-Key',
    en: 'The Idempotency-Key header is missing',
  },
  'not-found': { kk: 'Табылмады', ru: 'Не найдено', en: 'Not found' },
  'media-type': {
    kk: 'Тек application/json қабылданады',
    ru: 'Принимается только application/json',
    en: 'Only application/json is accepted',
  },
  'too-large': { kk: 'Сұрау тым үлкен', ru: 'Запрос слишком велик', en: 'The request is too large' },
  conflict: {
    kk: 'Қазіргі күйге қайшы',
    ru: 'Противоречит текущему состоянию',
    en: 'It contradicts the present state',
  },
  'child-already-queued': {
    kk: 'Бұл балаға өтініш бұрын берілген',
    ru: 'На этого ребёнка уже подано заявление',
    en: 'This child already has an application',
  },
  'not-awaited': {
    kk: 'Бұл жауап күтілмейді',
    ru: 'Этот ответ не ожидается',
    en: 'This answer is not awaited',
  },
  'idempotency-key-reused': {
    kk: 'Idempotency-Key басқа сұраумен қолданылған',
    ru: 'Idempotency-Key уже использован с другим запросом',
    en: 'The Idempotency-Key was used with another request',
  },
  'age-limit': {
    kk: 'Баланың жасы мектепке дейінгі ұйым үшін асып кеткен',
    ru: 'Возраст ребёнка выше допустимого',
    en: 'The child is over the age limit',
  },
  'clock-backwards': {
    kk: 'Сағат кері жүрмейді',
    ru: 'Часы не идут назад',
    en: 'The clock does not run backwards',
  },
  unavailable: {
    kk: 'Қызмет уақытша қолжетімсіз, кейінірек қайталаңыз',
    ru: 'Служба временно недоступна, повторите позже',
    en: 'The service is unavailable for now, try again later',
  },
  bug: { kk: 'Ішкі қате', ru: 'Внутренняя ошибка', en: 'Internal error' },
};

/** The first language of an Accept-Language header that we have; English otherwise. */
export function languageOf(header: string | undefined): ProblemLanguage {
  for (const part of (header ?? '').split(',')) {
    const tag = part.trim().slice(0, 2).toLowerCase();
    if (tag === 'kk' || tag === 'ru' || tag === 'en') return tag;
  }
  return 'en';
}
