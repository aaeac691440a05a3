import { childrenOf, formatShepTime, ownText, xmlElement, xmlLeaf } from '#shep';
import { fieldsOf, namedIin, needed, ownAnswer, processed, type Register } from './register.ts';

/** The army's register in its public shape, an answer in CDATA. Status 1 stands for "serves": the list is not public. */
export const military: Register = (asked) => {
  const fields = fieldsOf(asked, 'MilitaryServiceRequest');
  const iin = needed(fields, 'IIN');
  const person = asked.country.find(iin);
  const serves = person?.serves.some(({ body, until }) => body === 'MILITARY' && until === undefined) ?? false;
  const document = xmlElement(
    'm:MilitaryServiceResponse',
    { 'xmlns:m': 'http://geocenter.kz/services/enbek/schemas' },
    xmlLeaf('m:requestNumber', needed(fields, 'requestNumber')),
    xmlLeaf('m:requestDate', needed(fields, 'requestDate')),
    xmlLeaf('m:responseDate', formatShepTime(asked.nowMs)),
    xmlLeaf('m:IIN', namedIin(iin, asked.quirk)),
    xmlLeaf('m:lastname', person?.surname),
    xmlLeaf('m:firstname', person?.name),
    xmlLeaf('m:birthdate', person?.birthDate),
    xmlLeaf('m:status', serves ? 1 : 0),
    xmlLeaf('m:statusNameRu', serves ? 'Проходит воинскую службу' : 'Сведения отсутствуют'),
    xmlLeaf('m:statusNameKz', serves ? 'Әскери қызмет өткеруде' : 'Мәлімет жоқ'),
  );
  return { status: processed, payload: { form: 'cdata', document } };
};

/** Service in special state bodies, law enforcement and courier communication (own form). */
export const serviceRecords: Register = (asked) => {
  const fields = fieldsOf(asked, 'request');
  const iin = needed(fields, 'iin');
  const wanted = needed(fields, 'body');
  const records = (asked.country.find(iin)?.serves ?? [])
    .filter(({ body }) => body === wanted)
    .map(({ body, from, until }) =>
      xmlElement(
        'record',
        {},
        xmlLeaf('iin', namedIin(iin, asked.quirk)),
        xmlLeaf('body', body),
        xmlLeaf('from', from),
        xmlLeaf('until', until),
      ),
    );
  return ownAnswer(asked, 'service', needed(fields, 'requestId'), records);
};

/** Work as a teacher or medical worker (own form). */
export const workplaces: Register = (asked) => {
  const fields = fieldsOf(asked, 'request');
  const iin = needed(fields, 'iin');
  const wanted = needed(fields, 'profession');
  const records = (asked.country.find(iin)?.works ?? [])
    .filter((work) => work.as === wanted)
    .map((work) =>
      xmlElement(
        'record',
        {},
        xmlLeaf('iin', namedIin(iin, asked.quirk)),
        xmlLeaf('profession', work.as),
        xmlLeaf('organisation', work.organisation),
        xmlLeaf('from', work.from),
        xmlLeaf('until', work.until),
      ),
    );
  return ownAnswer(asked, 'workplace', needed(fields, 'requestId'), records);
};

/** Disability of each of the persons asked about (own form). */
export const disability: Register = (asked) => {
  const fields = fieldsOf(asked, 'request');
  const records = childrenOf(fields, 'iin').flatMap((element) => {
    const iin = ownText(element) ?? '';
    const known = asked.country.find(iin)?.disability;
    if (!known) return [];
    const { group, from, until } = known;
    return [
      xmlElement(
        'record',
        {},
        xmlLeaf('iin', namedIin(iin, asked.quirk)),
        xmlLeaf('group', group),
        xmlLeaf('from', from),
        xmlLeaf('until', until),
      ),
    ];
  });
  return ownAnswer(asked, 'disability', needed(fields, 'requestId'), records);
};

/** Conclusions of the psychological-medical-pedagogical consultation (own form). */
export const pmpc: Register = (asked) => {
  const fields = fieldsOf(asked, 'request');
  const child = asked.country.find(needed(fields, 'childIin'));
  const known = child?.pmpc;
  const record =
    known &&
    xmlElement(
      'record',
      {},
      xmlLeaf('childIin', namedIin(child.iin, asked.quirk)),
      xmlLeaf('number', known.number),
      xmlLeaf('correctionalGroup', known.correctionalGroup),
      xmlLeaf('from', known.from),
      xmlLeaf('until', known.until),
    );
  return ownAnswer(asked, 'pmpc', needed(fields, 'requestId'), record ? [record] : []);
};
