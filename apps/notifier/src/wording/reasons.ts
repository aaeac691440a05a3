import type { Decisions } from '#contracts';
import type { Text } from './wording.ts';

/** Why a queue or an application ended (allocation.md, section 6: the closed list). */
export const archiveReasonText: Record<Decisions.ArchiveReason, Text> = {
  OFFER_DECLINED: { kk: 'ұсынылған орыннан бас тарттыңыз', ru: 'вы отказались от предложенного места' },
  NOT_INTERESTED: { kk: 'кезек керек емес деп жауап бердіңіз', ru: 'вы ответили, что очередь не нужна' },
  NO_ANSWER: { kk: 'кезекке мүдделілік туралы сұраққа жауап болмады', ru: 'нет ответа на вопрос, нужна ли очередь' },
  NO_INTEREST: { kk: 'жыл сайынғы сұрақта мүдделілік расталмады', ru: 'интерес не подтверждён на ежегодный вопрос' },
  REFERRAL_CANCELLED: { kk: 'жолдаманы өзіңіз жойдыңыз', ru: 'вы отменили направление' },
  MEDICAL: { kk: 'медициналық қарсы көрсетілімдер', ru: 'медицинские противопоказания' },
  SERVED: { kk: 'бала санаторийлік орынға қабылданды', ru: 'ребёнок принят на санаторное место' },
  ENROLLED_ELSEWHERE: { kk: 'бала басқа балабақшаға қабылданды', ru: 'ребёнок принят в другую организацию' },
  MAX_AGE: { kk: 'бала рұқсат етілген ең жоғары жасқа толды', ru: 'ребёнок достиг предельного возраста' },
  DROPPED: { kk: 'балабақшаны тізімнен өзіңіз алып тастадыңыз', ru: 'вы исключили организацию из списка' },
  PRESCHOOL_CLOSED: { kk: 'балабақша жабылды', ru: 'организация закрыта' },
  WITHDRAWN: { kk: 'өтінішті өзіңіз қайтарып алдыңыз', ru: 'вы отозвали заявление' },
  VIOLATION: { kk: 'өтініш беруші тарапынан бұзушылық анықталды', ru: 'установлено нарушение со стороны заявителя' },
  BENEFIT_NOT_CONFIRMED: { kk: 'жеңілдік құқығы расталмады', ru: 'право на льготу не подтверждено' },
  OTHER: { kk: 'өзге себеп, түсіндірме білім бөлімінде', ru: 'иная причина, пояснит отдел образования' },
};

/** Why an offer ended without an answer. */
export const withdrawalReasonText: Record<Decisions.OfferWithdrawalReason, Text> = {
  ...archiveReasonText,
  OTHER_REFERRAL: { kk: 'басқа балабақшаға жолдама алдыңыз', ru: 'вы получили направление в другую организацию' },
  VACANCY_RECALLED: { kk: 'балабақша бос орынды қайтарып алды', ru: 'организация отозвала место' },
  VACANCY_EXPIRED: { kk: 'уақытша орынның мерзімі өтті', ru: 'срок временного места истёк' },
  BENEFIT_LOST: { kk: 'жеңілдік құқығы расталмады', ru: 'право на льготу не подтверждено' },
};

/** Why admission was refused (p.28, grounds 2 and 3). */
export const refusalReasonText: Record<Decisions.RefusalReason, Text> = {
  MEDICAL: {
    kk: 'медициналық қарсы көрсетілімдер бар (28-тармақ, 2)',
    ru: 'медицинские противопоказания (п. 28, пп. 2)',
  },
  IMMUNITY: {
    kk: 'жас тобында жоспарлы екпе алмаған балалардың үлесі 10 %-дан асады (28-тармақ, 3)',
    ru: 'доля непривитых детей в возрастной группе больше 10 % (п. 28, пп. 3)',
  },
};

const groundText: Readonly<Record<string, Text>> = {
  IDENTITY_NOT_CONFIRMED: { kk: 'жеке басы туралы деректер расталмады', ru: 'данные личности не подтверждены' },
  BIRTH_CERTIFICATE_NOT_CONFIRMED: {
    kk: 'туу туралы куәлік расталмады',
    ru: 'свидетельство о рождении не подтверждено',
  },
  PRIVILEGE_NOT_CONFIRMED: { kk: 'жеңілдік құқығы расталмады', ru: 'право на льготу не подтверждено' },
  BIRTH_DATE_DIFFERS: { kk: 'туған күні тіркелімдегіден өзгеше', ru: 'дата рождения расходится с реестром' },
  DOCUMENTS_INCOMPLETE: { kk: 'құжаттар топтамасы толық емес', ru: 'неполный пакет документов' },
  DOCUMENTS_EXPIRED: { kk: 'құжаттардың қолданылу мерзімі өткен', ru: 'срок действия документов истёк' },
  // The allocator did not let the application into the queue.
  AGE_LIMIT: {
    kk: 'бала 6 жасқа толған; ПМПК қорытындысы болса, оны қосыңыз',
    ru: 'ребёнку уже 6 лет; если есть заключение ПМПК, приложите его',
  },
  BAD_ENTRIES: {
    kk: '1-ден 4-ке дейін әртүрлі жұмыс істейтін балабақша таңдаңыз',
    ru: 'выберите от 1 до 4 разных действующих организаций',
  },
  BAD_TIME: {
    kk: 'жүйе өтініштің уақытын қабылдамады; өтінішті қайта беріңіз',
    ru: 'система не приняла время заявления; подайте его снова',
  },
};

/** Grounds of a refusal. One that has no words yet is given by its code, so that nothing is withheld. */
export function groundsText(grounds: readonly string[]): Text {
  const texts = grounds.map((ground) => groundText[ground] ?? { kk: ground, ru: ground });
  return { kk: texts.map(({ kk }) => kk).join('; '), ru: texts.map(({ ru }) => ru).join('; ') };
}
