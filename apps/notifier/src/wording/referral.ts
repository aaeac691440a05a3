import { localDate, localMinute } from './local-time.ts';
import { refusalReasonText } from './reasons.ts';
import { same, type Text, type Wordings } from './wording.ts';

const documents: Text = {
  kk: 'Қажет: баланың денсаулық паспорты, шарт күнінен 3 күнтізбелік күннен бұрын берілмеген денсаулық анықтамасы, 6-қосымшаның басқа құжаттары',
  ru: 'Нужны: паспорт здоровья ребёнка, справка о здоровье не старше 3 календарных дней на день договора, прочее по приложению 6',
};

const ending: Readonly<Record<'CANCELLED' | 'EXPIRED' | 'ANNULLED', Text>> = {
  CANCELLED: { kk: 'жолдама өз өтінішіңіз бойынша жойылды', ru: 'отменено по вашему обращению' },
  EXPIRED: { kk: 'жолдама мерзімі өткендіктен күшін жойды', ru: 'утратило силу, срок истёк' },
  ANNULLED: { kk: 'жолдаманың күші жойылды', ru: 'аннулировано' },
};

/** Referral, admission, contract: N21, N23, N27, N28, N29, N30 (p.14, p.22, p.25, p.28). */
export const referralWordings: Wordings<
  | 'referral-issued'
  | 'referral-extended'
  | 'referral-ended'
  | 'second-check-failed'
  | 'admission-refused'
  | 'contract-due'
  | 'admitted'
> = {
  'referral-issued': ({ preschoolId, issuedAtMs, validUntilMs, cancellableUntilMs }, words) => {
    const [number, name] = [words.applicationNumber, words.preschool(preschoolId)];
    const [from, until, cancel] = [localDate(issuedAtMs), localMinute(validUntilMs), localMinute(cancellableUntilMs)];
    return {
      cabinet: {
        kk: `№ ${number}: жолдама берілді – ${name.kk}. Жарамды: ${from} – ${until}. ${documents.kk}. Жолдаманы жою мерзімі: ${cancel}.`,
        ru: `№ ${number}: выдано направление – ${name.ru}. Действует: ${from} – ${until}. ${documents.ru}. Отменить можно до ${cancel}.`,
      },
      sms: {
        kk: `№ ${number}: жолдама берілді – ${name.kk}. Құжат тапсыру мерзімі: ${until}. Жою мерзімі: ${cancel}.`,
        ru: `№ ${number}: выдано направление – ${name.ru}. Сдайте документы до ${until}. Отмена до ${cancel}.`,
      },
    };
  },
  'referral-extended': ({ preschoolId, validUntilMs }, words) => {
    const [name, until] = [words.preschool(preschoolId), localMinute(validUntilMs)];
    return same({
      kk: `№ ${words.applicationNumber}: жолдама мерзімі ұзартылды – ${name.kk}. Жаңа мерзім: ${until}.`,
      ru: `№ ${words.applicationNumber}: срок направления продлён до ${until} – ${name.ru}.`,
    });
  },
  'referral-ended': ({ preschoolId, how }, words) => {
    const [name, end] = [words.preschool(preschoolId), ending[how]];
    return same({
      kk: `№ ${words.applicationNumber}: ${end.kk} – ${name.kk}.`,
      ru: `№ ${words.applicationNumber}: направление ${end.ru} – ${name.ru}.`,
    });
  },
  'second-check-failed': ({ preschoolId }, words) => {
    const name = words.preschool(preschoolId);
    return same({
      kk:
        `№ ${words.applicationNumber}: құжаттарды екінші рет тексеру жеңілдік құқығын растамады (14-тармақ). ` +
        `Жолдама (${name.kk}) жойылды, ол бойынша қызмет көрсетуден бас тартылды.`,
      ru:
        `№ ${words.applicationNumber}: вторая проверка документов не подтвердила право на льготу (п. 14). ` +
        `Направление (${name.ru}) аннулировано, в услуге по нему отказано.`,
    });
  },
  'admission-refused': ({ preschoolId, reason }, words) => {
    const [name, why] = [words.preschool(preschoolId), refusalReasonText[reason]];
    return same({
      kk: `№ ${words.applicationNumber}: баланы қабылдаудан бас тартылды – ${name.kk}. Негіздеме: ${why.kk}.`,
      ru: `№ ${words.applicationNumber}: в приёме отказано – ${name.ru}. Основание: ${why.ru}.`,
    });
  },
  'contract-due': ({ preschoolId, signByMs }, words) => {
    const [name, until] = [words.preschool(preschoolId), localMinute(signByMs)];
    return same({
      kk: `№ ${words.applicationNumber}: шарт қол қоюға дайын – ${name.kk}. Жеке кабинетте хабарлама, ЭЦҚ не QR арқылы қол қойыңыз. Мерзімі: ${until}.`,
      ru: `№ ${words.applicationNumber}: договор готов – ${name.ru}. Подпишите в кабинете сообщением, ЭЦП или QR до ${until}.`,
    });
  },
  admitted: ({ preschoolId, admittedAtMs, forGood }, words) => {
    const [name, on] = [words.preschool(preschoolId), localDate(admittedAtMs)];
    const rest: Text = forGood
      ? { kk: '', ru: '' }
      : { kk: ' Орын уақытша, басқа кезектеріңіз сақталады.', ru: ' Место временное, остальные очереди сохраняются.' };
    return same({
      kk: `№ ${words.applicationNumber}: бала қабылданды: ${name.kk}, ${on}.${rest.kk}`,
      ru: `№ ${words.applicationNumber}: ребёнок принят: ${name.ru}, ${on}.${rest.ru}`,
    });
  },
};
