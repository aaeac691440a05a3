import { formatShepTime, xmlLeaf } from '#shep';
import { type AskRegister, askOwnRegister, fieldOf, holdsAt, type OwnRegister } from '../own-register.ts';
import { confirmed, noData, notConfirmed, type Question, type Verdict } from '../source.ts';

const register: OwnRegister = { name: 'addresses', serviceId: 'KEZEK_ADDRESS_HISTORY', subject: 'iin' };
/** How long after a move it still counts as the one for the new place of service, days. */
const movedWithinDays = 365;

/**
 * A move to another locality (p.23 para 2): the present address is of another locality than the one before it, and recent.
 * The order of transfer itself is read by an operator.
 */
export async function relocationVerdict(ask: AskRegister, question: Question): Promise<Verdict> {
  const { applicantIin: iin, askedAtMs } = question;
  const { records, unclear } = await askOwnRegister(ask, question, register, [iin], [xmlLeaf('iin', iin)]);
  if (unclear) return noData(unclear);
  const inOrder = [...records].sort((one, other) => (fieldOf(one, 'from') < fieldOf(other, 'from') ? -1 : 1));
  const present = inOrder.findLast((record) => holdsAt(record, askedAtMs));
  if (!present) return noData('no-record');
  const before = inOrder[inOrder.indexOf(present) - 1];
  if (!before || fieldOf(before, 'kato') === fieldOf(present, 'kato')) return notConfirmed('same-locality');
  const earliest = formatShepTime(askedAtMs - movedWithinDays * 86_400_000).slice(0, 10);
  return fieldOf(present, 'from').slice(0, 10) >= earliest ? confirmed() : notConfirmed('moved-long-ago');
}
