import { calendarDate, localMillisecond, localMinute } from './local-time.ts';
import { groundsText } from './reasons.ts';
import { same, type Text, type Wordings } from './wording.ts';

const categoryText: Readonly<Record<'OUT_OF_TURN' | 'FIRST_PRIORITY' | 'GENERAL', Text>> = {
  OUT_OF_TURN: { kk: 'кезектен тыс', ru: 'вне очереди' },
  FIRST_PRIORITY: { kk: 'бірінші кезекте', ru: 'в первую очередь' },
  GENERAL: { kk: 'жалпы негізде', ru: 'на общих основаниях' },
};

/** From receipt to acceptance or refusal: N01, N02, N03, N05, N10 (p.5, p.13(3), p.14, p.16(5)). */
export const filingWordings: Wordings<
  'received' | 'benefit-to-be-checked' | 'check-delayed' | 'refused' | 'benefit-not-confirmed' | 'category-changed'
> = {
  received: ({ receivedAtMs, acceptedOnDay }, { applicationNumber }) => {
    const [at, day] = [localMillisecond(receivedAtMs), calendarDate(acceptedOnDay)];
    return same({
      kk: `№ ${applicationNumber} өтінішіңіз түсті: ${at}. Қабылдау күні: ${day}.`,
      ru: `Заявление № ${applicationNumber} поступило ${at}. Дата приёма: ${day}.`,
    });
  },
  'benefit-to-be-checked': (_, { applicationNumber }) =>
    same({
      kk:
        `№ ${applicationNumber} өтініш: кезектен тыс немесе бірінші кезекте орын алуға арналған құжаттардың дұрыстығы ` +
        `кезекке қою кезінде және балабақшаға қабылдау кезінде тексеріледі.`,
      ru:
        `Заявление № ${applicationNumber}: подлинность документов на внеочередное или первоочередное место ` +
        `проверяется при постановке в очередь и при приёме.`,
    }),
  'check-delayed': ({ sinceMs }, { applicationNumber }) => {
    const since = localMinute(sinceMs);
    return same({
      kk:
        `№ ${applicationNumber} өтінішті тексеру кешігіп жатыр: мемлекеттік дерекқор жауап бермейді ` +
        `(басталуы: ${since}). Кезектегі уақытыңыз сақталады, сізден ештеңе талап етілмейді.`,
      ru:
        `Проверка заявления № ${applicationNumber} задерживается: государственная база не отвечает ` +
        `(с ${since}). Ваше время в очереди сохраняется, от вас ничего не требуется.`,
    });
  },
  refused: ({ documentsOnly, grounds }, { applicationNumber }) => {
    const why = groundsText(grounds);
    if (documentsOnly) {
      return same({
        kk: `№ ${applicationNumber} өтініштің құжаттары қабылданбады. Себебі: ${why.kk}. Түзетіп, қайта бере аласыз.`,
        ru: `Документы к заявлению № ${applicationNumber} не приняты. Причина: ${why.ru}. Исправьте их и подайте снова.`,
      });
    }
    return same({
      kk:
        `№ ${applicationNumber} өтініш бойынша қызмет көрсетуден бас тартылды. Негіздеме: ${why.kk}. ` +
        `Шағым қызмет берушінің басшысына немесе қызмет сапасын бағалау және бақылау органына беріледі; сотқа жүгінуге болады.`,
      ru:
        `По заявлению № ${applicationNumber} отказано в услуге. Основание: ${why.ru}. ` +
        `Жалоба подаётся руководителю услугодателя или в орган по оценке и контролю качества услуг; можно обратиться в суд.`,
    });
  },
  'benefit-not-confirmed': ({ answerByMs }, { applicationNumber }) => {
    const until = localMinute(answerByMs);
    return {
      cabinet: {
        kk:
          `№ ${applicationNumber} өтініш: мәлімделген жеңілдік құқығы расталмады. Жалпы негізде кезекке тұруды немесе ` +
          `бас тартуды таңдаңыз. Жауап мерзімі: ${until}. Жауап болмаса, өтініш жалпы негізде бастапқы уақытымен қаралады.`,
        ru:
          `Заявление № ${applicationNumber}: заявленное право на льготу не подтверждено. Выберите: остаться в очереди ` +
          `на общих основаниях или отказаться. Ответить до ${until}. Без ответа – общие основания с прежним временем.`,
      },
      sms: {
        kk: `№ ${applicationNumber}: жеңілдік расталмады. Жеке кабинетте таңдаңыз. Мерзімі: ${until}. Жауапсыз – жалпы кезек.`,
        ru: `№ ${applicationNumber}: льгота не подтверждена. Выберите в кабинете до ${until}. Без ответа – общая очередь.`,
      },
    };
  },
  'category-changed': ({ category }, { applicationNumber }) =>
    same({
      kk:
        `№ ${applicationNumber} өтініштің санаты өзгерді: ${categoryText[category].kk}. ` +
        `Кезекке тұрған күні мен уақыты өзгермейді.`,
      ru:
        `Категория заявления № ${applicationNumber} изменилась: ${categoryText[category].ru}. ` +
        `Дата и время постановки в очередь прежние.`,
    }),
};
