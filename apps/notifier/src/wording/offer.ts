import { calendarDate, localMinute } from './local-time.ts';
import { withdrawalReasonText } from './reasons.ts';
import { same, type Seat, type Text, type Wordings } from './wording.ts';

const languageText: Readonly<Record<string, Text>> = {
  kk: { kk: 'қазақ тілі', ru: 'казахский язык' },
  ru: { kk: 'орыс тілі', ru: 'русский язык' },
  en: { kk: 'ағылшын тілі', ru: 'английский язык' },
  ug: { kk: 'ұйғыр тілі', ru: 'уйгурский язык' },
  uz: { kk: 'өзбек тілі', ru: 'узбекский язык' },
};

/** Offers: N14, N15, N19, N33 (p.3(3), p.15, p.16(3), p.26). */
export const offerWordings: Wordings<'offered' | 'offer-reminder' | 'offered-together' | 'offer-withdrawn'> = {
  offered: ({ preschoolId, vacancyId, answerByMs }, words) => {
    const [number, name, until] = [words.applicationNumber, words.preschool(preschoolId), localMinute(answerByMs)];
    const seat = words.seat(vacancyId);
    const [what, effect] = [seatText(seat), refusalEffect(seat)];
    return {
      cabinet: {
        kk: `№ ${number}: бос орын ұсынылды – ${name.kk}${what.kk}. Жауап мерзімі: ${until}. Келісіңіз немесе бас тартыңыз. ${effect.kk}`,
        ru: `№ ${number}: предложено место – ${name.ru}${what.ru}. Ответить до ${until}. Примите или откажитесь. ${effect.ru}`,
      },
      sms: {
        kk: `№ ${number}: бос орын ұсынылды – ${name.kk}${what.kk}. Жеке кабинетте келісіңіз не бас тартыңыз. Мерзімі: ${until}.`,
        ru: `№ ${number}: предложено место – ${name.ru}${what.ru}. Примите или откажитесь в кабинете до ${until}.`,
      },
    };
  },
  'offer-reminder': ({ preschoolId, vacancyId, remindedAtMs, answerByMs }, words) => {
    const [number, name] = [words.applicationNumber, words.preschool(preschoolId)];
    const what = seatText(words.seat(vacancyId));
    const until = deadlineText(remindedAtMs, answerByMs);
    return same({
      kk: `Еске саламыз, № ${number}: бос орын ұсынылды – ${name.kk}${what.kk}. ${until.kk}Жеке кабинетте келісіңіз не бас тартыңыз.`,
      ru: `Напоминание, № ${number}: предложено место – ${name.ru}${what.ru}. ${until.ru}Примите или откажитесь в кабинете.`,
    });
  },
  'offered-together': ({ preschoolId, applicationIds }, words) => {
    const name = words.preschool(preschoolId);
    const others = applicationIds.flatMap((id) => words.siblingNumber(id) ?? []);
    const numbers = [words.applicationNumber, ...others].map((number) => `№ ${number}`).join(', ');
    return same({
      kk: `Балаларыңызға бір мезгілде орын ұсынылды – ${name.kk}: ${numbers}. Әрқайсысына жеке жауап беріңіз.`,
      ru: `Вашим детям одновременно предложены места – ${name.ru}: ${numbers}. Ответьте по каждому.`,
    });
  },
  'offer-withdrawn': ({ preschoolId, reason }, words) => {
    const [name, why] = [words.preschool(preschoolId), withdrawalReasonText[reason]];
    return same({
      kk: `№ ${words.applicationNumber}: орын ұсынысы қайтарып алынды – ${name.kk}. Себебі: ${why.kk}. Кезектегі уақытыңыз сақталады.`,
      ru: `№ ${words.applicationNumber}: предложение места отозвано – ${name.ru}. Причина: ${why.ru}. Ваше время в очереди сохраняется.`,
    });
  },
};

/** ` (10,5 сағ, қазақ тілі, «Кіші» тобы, 2023 ж. туған, тұрақты)`; nothing when the registry has not described the seat. */
function seatText(seat: Seat | undefined): Text {
  if (!seat) return { kk: '', ru: '' };
  const hours = seat.regimeHours.replace('.', ',');
  const language = languageText[seat.language] ?? { kk: seat.language, ru: seat.language };
  const years = seat.birthYears.join(', ');
  const term: Text =
    seat.temporaryUntilDay === null
      ? { kk: 'тұрақты', ru: 'постоянно' }
      : {
          kk: `уақытша, соңғы күні ${calendarDate(seat.temporaryUntilDay)}`,
          ru: `временно по ${calendarDate(seat.temporaryUntilDay)}`,
        };
  return {
    kk: ` (${hours} сағ, ${language.kk}, «${seat.groupName}» тобы, ${years} ж. туған, ${term.kk})`,
    ru: ` (${hours} ч, ${language.ru}, группа «${seat.groupName}», ${years} г.р., ${term.ru})`,
  };
}

function refusalEffect(seat: Seat | undefined): Text {
  if (seat !== undefined && seat.temporaryUntilDay !== null) {
    return {
      kk: 'Уақытша орыннан бас тарту кезегіңізге әсер етпейді.',
      ru: 'Отказ от временного места не влияет на вашу очередь.',
    };
  }
  return {
    kk: 'Бас тартсаңыз, осы балабақша кезегі архивке жіберіледі; жауап болмаса, кезек уақытша тоқтатылады.',
    ru: 'При отказе очередь в эту организацию уйдёт в архив; без ответа она будет приостановлена.',
  };
}

function deadlineText(nowMs: number, answerByMs: number | null): Text {
  if (answerByMs === null) return { kk: '', ru: '' };
  const hours = Math.max(0, Math.floor((answerByMs - nowMs) / 3_600_000));
  const until = localMinute(answerByMs);
  return { kk: `Жауап мерзімі: ${until} (${hours} сағ қалды). `, ru: `Ответить до ${until} (осталось ${hours} ч). ` };
}
