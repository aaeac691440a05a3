import { formatShepTime, ShepFault, type Xml, xmlElement, xmlLeaf, xmlSequence } from '#shep';
import { tokenOf } from './kdp.ts';
import { fieldsOf, needed, noRecord, processed, type Quirk, type Register } from './register.ts';
import type { Person } from '../people.ts';

/** The state database of individuals, in its public shape: `data` plays the payload's root, elements unqualified. */
export const gbdFl: Register = (asked) => answerOf(asked);

/** The same behind a citizen's consent: without the right token there is no answer. */
export const gbdFlWithConsent: Register = (asked) => {
  const fields = fieldsOf(asked, 'request');
  const { serviceId } = asked.request;
  const wanted = tokenOf(needed(fields, 'iin'), serviceId);
  if (needed(fields, 'kdpToken') !== wanted || needed(fields, 'publicKey') !== wanted.slice(0, 10)) {
    throw new ShepFault('SCE001', 'kdpToken does not fit');
  }
  return answerOf(asked);
};

const answerOf: Register = (asked) => {
  const fields = fieldsOf(asked, 'request');
  const person = asked.country.find(needed(fields, 'iin'));
  if (!person) return { status: noRecord, payload: undefined };
  const now = formatShepTime(asked.nowMs);
  const content = xmlSequence(
    xmlLeaf('messageId', asked.request.messageId),
    xmlLeaf('messageDate', now),
    xmlLeaf('requestId', asked.request.messageId),
    dictionary('sender', 'GBDFL', 'ГБД ФЛ'),
    dictionary('receiver', needed(fields, 'senderCode'), 'Получатель'),
    dictionary('messageResult', '00000', 'Сообщение успешно обработано'),
    xmlElement('persons', {}, personXml(person, asked.quirk)),
  );
  const attributes = {
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xmlns:m': 'http://message.persistence.interactive.nat',
    'xsi:type': 'm:Response',
  };
  return { status: processed, payload: { form: 'inline', attributes, content } };
};

function dictionary(name: string, code: string, nameRu: string): Xml {
  return xmlElement(name, {}, xmlLeaf('code', code), xmlLeaf('nameRu', nameRu), xmlLeaf('nameKz', nameRu));
}

function personXml(person: Person, quirk: Quirk): Xml {
  const [birth] = person.births;
  return xmlElement(
    'person',
    {},
    xmlLeaf('iin', quirk === 'wrong-person' ? '991301300300' : person.iin),
    xmlLeaf('surname', person.surname),
    xmlLeaf('name', person.name),
    xmlLeaf('patronymic', person.patronymic),
    xmlLeaf('birthDate', person.birthDate),
    xmlLeaf('deathDate', person.deathDate),
    dictionary('gender', person.sex === 'MALE' ? '1' : '2', person.sex === 'MALE' ? 'Мужской' : 'Женский'),
    dictionary('nationality', '005', 'Казах'),
    dictionary('citizenship', person.citizenship, 'Гражданство'),
    dictionary('lifeStatus', person.deathDate === undefined ? '0' : '1', 'Состояние'),
    birth &&
      xmlElement('birthCertificate', {}, xmlLeaf('number', birth.actNumber), xmlLeaf('beginDate', birth.registeredOn)),
    xmlElement('birthPlace', {}, dictionary('country', '398', 'Казахстан')),
    documents(person),
  );
}

function documents(person: Person): Xml {
  const card = (number: string, status: string, beginDate: string): Xml =>
    xmlElement(
      'document',
      {},
      dictionary('type', '002', 'Удостоверение РК'),
      xmlLeaf('number', number),
      xmlLeaf('beginDate', beginDate),
      dictionary('issueOrganization', '002', 'МВД'),
      dictionary('status', status, status === '00' ? 'Действителен' : 'Заменён'),
    );
  // The real register shows replaced documents too, and first: a reader must choose by status.
  return xmlElement(
    'documents',
    {},
    card(`0${person.iin.slice(3)}`, '17', '2010-01-01'),
    card(person.iin.slice(3), '00', '2020-01-01'),
  );
}
