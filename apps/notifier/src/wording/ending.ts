import type { Decisions } from '#contracts';
import { archiveReasonText } from './reasons.ts';
import { listed, same, type Text, type Wordings } from './wording.ts';

/** The end, and what was not accepted: N13, N24, N36 (p.3(2), p.13(7), p.16(4); settled point 16). */
export const endingWordings: Wordings<'archived' | 'request-rejected'> = {
  archived: ({ reason, preschoolIds, whole }, words) => {
    const [number, why, names] = [words.applicationNumber, archiveReasonText[reason], listed(preschoolIds, words)];
    if (whole) {
      return same({
        kk: `№ ${number} өтініш архивке жіберілді. Себебі: ${why.kk}.${againText(reason).kk}`,
        ru: `Заявление № ${number} отправлено в архив. Причина: ${why.ru}.${againText(reason).ru}`,
      });
    }
    return same({
      kk: `№ ${number}: кезек архивке жіберілді: ${names.kk}. Себебі: ${why.kk}. Қайта тұру үшін өтініштегі тізімді өзгертіңіз.`,
      ru: `№ ${number}: очередь отправлена в архив: ${names.ru}. Причина: ${why.ru}. Чтобы встать снова, измените список в заявлении.`,
    });
  },
  'request-rejected': ({ reason }, { applicationNumber }) => {
    const why = rejectionText[reason];
    return same({
      kk: `№ ${applicationNumber} бойынша сұрау салу қабылданбады: ${why.kk}.`,
      ru: `Запрос по заявлению № ${applicationNumber} не принят: ${why.ru}.`,
    });
  },
};

function againText(reason: Decisions.ArchiveReason): Text {
  if (reason === 'MAX_AGE' || reason === 'ENROLLED_ELSEWHERE') return { kk: '', ru: '' };
  return { kk: ' Қайта тұру үшін жаңа өтініш беріңіз.', ru: ' Чтобы встать снова, подайте новое заявление.' };
}

const told = {
  NOT_ACTIVE: {
    kk: 'өтініш архивте не бала қабылданған; жаңа өтініш беріңіз',
    ru: 'заявление в архиве или ребёнок принят; подайте новое',
  },
  REFERRAL_LIVE: {
    kk: 'жолдама қолданыста; алдымен оны пайдаланыңыз не жойыңыз',
    ru: 'действует направление; сначала используйте или отмените его',
  },
  OFFER_LAPSED: {
    kk: 'ұсынысқа жауап беру мерзімі өтті; келесі ұсынысты күтіңіз',
    ru: 'срок ответа на предложение истёк; ждите следующего',
  },
  NO_SUCH_OFFER: {
    kk: 'мұндай қолданыстағы ұсыныс жоқ; кабинетті тексеріңіз',
    ru: 'такого действующего предложения нет; проверьте кабинет',
  },
  NO_QUESTION: {
    kk: 'жауап күтілетін сұрақ жоқ; ештеңе істеудің қажеті жоқ',
    ru: 'вопроса, на который ждут ответа, нет; делать ничего не нужно',
  },
  NO_REFERRAL: {
    kk: 'қолданыстағы жолдама жоқ; кабинетті тексеріңіз',
    ru: 'действующего направления нет; проверьте кабинет',
  },
  ALREADY_EXTENDED: {
    kk: 'жолдама бір рет қана ұзартылады; құжаттарды мерзімінде тапсырыңыз',
    ru: 'направление продлевается один раз; сдайте документы в срок',
  },
  BAD_DAYS: {
    kk: 'ұзарту 1 күннен 30 күнге дейін; басқа мерзім көрсетіңіз',
    ru: 'продление от 1 до 30 дней; укажите другой срок',
  },
  TOO_LATE: {
    kk: 'бұл әрекеттің мерзімі өтті; білім бөліміне хабарласыңыз',
    ru: 'срок для этого действия истёк; обратитесь в отдел образования',
  },
  PRESCHOOL_CLOSED: { kk: 'балабақша жабылған; басқасын таңдаңыз', ru: 'организация закрыта; выберите другую' },
  UNKNOWN_VACANCY: { kk: 'мұндай бос орын жоқ; кабинетті тексеріңіз', ru: 'такого места нет; проверьте кабинет' },
} as const satisfies Partial<Record<Decisions.RejectionReason, Text>>;

const untold: Text = {
  kk: 'өзге себеп; білім бөліміне хабарласыңыз',
  ru: 'иная причина; обратитесь в отдел образования',
};

const rejectionText: Record<Decisions.RejectionReason, Text> = {
  ...told,
  AGE_LIMIT: untold,
  BAD_ENTRIES: untold,
  UNKNOWN_APPLICATION: untold,
  DUPLICATE_APPLICATION: untold,
  DUPLICATE_VACANCY: untold,
  BAD_TIME: untold,
  NO_BENEFIT: untold,
  NOT_OPEN: untold,
  NOT_PLACED: untold,
};
