import type { QueuedEntry } from '../notices/notice.ts';
import { localMillisecond, localMinute } from './local-time.ts';
import { listed, same, type Text, type Words, type Wordings } from './wording.ts';

/** The queue itself: N04, N11, N12, N16, N17, N18, N20 (p.6, p.15, p.16(6)). */
export const queueWordings: Wordings<
  | 'queued'
  | 'planned-age-reached'
  | 'returned'
  | 'interest-confirmed'
  | 'suspended'
  | 'interest-asked'
  | 'annual-interest-asked'
> = {
  queued: ({ entries }, words) => {
    const [number, at] = [words.applicationNumber, localMillisecond(words.receivedAtMs)];
    const places = placesText(entries, words);
    return {
      cabinet: {
        kk: `№ ${number} өтініш кезекке қойылды. Күні мен уақыты: ${at}. Кезек нөмірі: ${places.kk}.`,
        ru: `Заявление № ${number} поставлено в очередь. Дата и время: ${at}. Номер в очереди: ${places.ru}.`,
      },
      sms: {
        kk: `№ ${number} кезекте. Нөміріңіз: ${places.kk}.`,
        ru: `№ ${number} в очереди. Ваш номер: ${places.ru}.`,
      },
    };
  },
  'planned-age-reached': ({ preschoolIds }, words) => {
    const names = listed(preschoolIds, words);
    return same({
      kk: `№ ${words.applicationNumber}: бала сіз көрсеткен жасқа толды. Енді жолдама берілуі мүмкін: ${names.kk}.`,
      ru: `№ ${words.applicationNumber}: ребёнок достиг указанного вами возраста. Теперь возможно направление: ${names.ru}.`,
    });
  },
  returned: ({ preschoolIds }, words) => {
    const names = listed(preschoolIds, words);
    return same({
      kk: `№ ${words.applicationNumber}: кезекке бастапқы күні мен уақыты бойынша қайтарылдыңыз: ${names.kk}. Нөміріңіз жеке кабинетте.`,
      ru: `№ ${words.applicationNumber}: вы возвращены в очередь по прежним дате и времени: ${names.ru}. Номер – в кабинете.`,
    });
  },
  'interest-confirmed': (_, { applicationNumber }) =>
    same({
      kk: `№ ${applicationNumber}: кезекке мүдделілігіңіз расталды, кезектегі орныңыз сақталады.`,
      ru: `№ ${applicationNumber}: интерес к очереди подтверждён, ваше место в очереди сохраняется.`,
    }),
  suspended: ({ preschoolId, untilMs }, words) => {
    const [name, until] = [words.preschool(preschoolId), localMinute(untilMs)];
    return {
      cabinet: {
        kk:
          `№ ${words.applicationNumber}: кезек уақытша тоқтатылды – ${name.kk}. Тоқтату соңы: ${until}. ` +
          `Содан кейін орын әлі керек пе деп сұралады.`,
        ru:
          `№ ${words.applicationNumber}: очередь приостановлена до ${until} – ${name.ru}. ` +
          `После этого вас спросят, нужно ли ещё место.`,
      },
      sms: {
        kk: `№ ${words.applicationNumber}: кезек тоқтатылды – ${name.kk}. Тоқтату соңы: ${until}.`,
        ru: `№ ${words.applicationNumber}: очередь приостановлена до ${until} – ${name.ru}.`,
      },
    };
  },
  'interest-asked': ({ preschoolId, answerByMs }, words) => {
    const [name, until] = [words.preschool(preschoolId), localMinute(answerByMs)];
    return same({
      kk:
        `№ ${words.applicationNumber}: кезек әлі керек пе – ${name.kk}? Жеке кабинетте «иә» не «жоқ» деңіз. ` +
        `Жауап мерзімі: ${until}. Жауап болмаса, кезек архивке жіберіледі.`,
      ru:
        `№ ${words.applicationNumber}: нужна ли ещё очередь – ${name.ru}? Ответьте в кабинете «да» или «нет» ` +
        `до ${until}. Без ответа очередь уйдёт в архив.`,
    });
  },
  'annual-interest-asked': ({ round, answerByMs }, { applicationNumber }) => {
    const until = localMinute(answerByMs);
    const again: Text = round === 1 ? { kk: '', ru: '' } : { kk: 'Қайта сұраймыз. ', ru: 'Повторно. ' };
    return same({
      kk:
        `${again.kk}№ ${applicationNumber}: балабақша кезегі әлі керек пе? Жеке кабинетте «иә» не «жоқ» деңіз. ` +
        `Жауап мерзімі: ${until}. Жауап болмаса, өтініш архивке жіберіледі.`,
      ru:
        `${again.ru}№ ${applicationNumber}: нужна ли ещё очередь в детский сад? Ответьте в кабинете «да» или «нет» ` +
        `до ${until}. Без ответа заявление уйдёт в архив.`,
    });
  },
};

function placesText(entries: readonly QueuedEntry[], words: Words): Text {
  const inLanguage = (language: 'kk' | 'ru'): string =>
    entries
      .map((entry) => `${words.preschool(entry.preschoolId)[language]} – ${placeText(entry)[language]}`)
      .join('; ');
  return { kk: inLanguage('kk'), ru: inLanguage('ru') };
}

function placeText({ position, state }: QueuedEntry): Text {
  if (position !== null) return { kk: String(position), ru: String(position) };
  if (state === 'DEFERRED') return { kk: 'көрсетілген жасқа толғанда', ru: 'с указанного вами возраста' };
  return { kk: 'жолдама қолданыста кезде берілмейді', ru: 'нет, пока действует направление' };
}
