import { xmlLeaf } from '#shep';
import { type AskRegister, askOwnRegister, fieldOf, holdsAt, type OwnRegister } from '../own-register.ts';
import { noData, type Source } from '../source.ts';

const register: OwnRegister = { name: 'mobile', serviceId: 'KEZEK_MOBILE_NUMBER', subject: 'iin' };

/** The base of mobile citizens (p.3(13), p.7): the number registered on the portal, or why there is none to use. */
export function mobile(ask: AskRegister): Source {
  return {
    code: 'MOBILE_CITIZENS',
    async ask(question) {
      const { applicantIin: iin, askedAtMs } = question;
      const { records, unclear } = await askOwnRegister(ask, question, register, [iin], [xmlLeaf('iin', iin)]);
      if (unclear) return noData(unclear);
      const [present, second] = records.filter((record) => holdsAt(record, askedAtMs));
      if (!present) return noData('no-record');
      // Two numbers in force: a message to the wrong one tells a stranger about a child.
      if (second) return noData('several-records');
      const phone = fieldOf(present, 'phone');
      return /^\+7\d{10}$/.test(phone) ? { result: 'CONFIRMED', reason: undefined, phone } : noData('malformed');
    },
  };
}
