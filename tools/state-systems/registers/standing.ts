import { childrenOf, formatShepTime, ownText, xmlElement, xmlLeaf } from '#shep';
import { fieldsOf, needed, processed, type Register } from './register.ts';
import { ownRegister } from './own-register.ts';

const legalBasisOfBody: Readonly<Record<string, string>> = {
  SPECIAL_STATE_BODY: 'Special State Bodies Law art. 78(8)',
  LAW_ENFORCEMENT: 'Law-Enforcement Service Law art. 64(5)',
  COURIER: 'State Courier Communication Law art. 16(4)',
};

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
    xmlLeaf('m:IIN', asked.quirk === 'wrong-person' ? '991301300300' : iin),
    xmlLeaf('m:lastname', person?.surname),
    xmlLeaf('m:firstname', person?.name),
    xmlLeaf('m:birthdate', person?.birthDate),
    xmlLeaf('m:status', serves ? 1 : 0),
    xmlLeaf('m:statusNameRu', serves ? 'Проходит воинскую службу' : 'Сведения отсутствуют'),
    xmlLeaf('m:statusNameKz', serves ? 'Әскери қызмет өткеруде' : 'Мәлімет жоқ'),
  );
  return { status: processed, payload: { form: 'cdata', document } };
};

const today = (nowMs: number): string => formatShepTime(nowMs).slice(0, 10);

/** Service in special state bodies, law enforcement and courier communication. */
export const serviceRecords = ownRegister({
  name: 'service',
  subject: 'iin',
  records(fields, country, nowMs) {
    const iin = needed(fields, 'iin');
    const wanted = needed(fields, 'body');
    return (country.find(iin)?.serves ?? [])
      .filter(({ body }) => body === wanted)
      .map(({ body, from, until, certifiedOn }, place) => ({
        recordNumber: `S-${place}-${iin.slice(6)}`,
        legalBasis: legalBasisOfBody[body] ?? 'Military Service Law art. 52(3)',
        from,
        until,
        fields: { iin, body, certifiedOn: certifiedOn ?? today(nowMs) },
      }));
  },
});

/** Work as a teacher or medical worker. */
export const workplaces = ownRegister({
  name: 'workplace',
  subject: 'iin',
  records(fields, country, nowMs) {
    const iin = needed(fields, 'iin');
    const wanted = needed(fields, 'profession');
    return (country.find(iin)?.works ?? [])
      .filter((work) => work.as === wanted)
      .map(({ as, organisation, from, until, certifiedOn }, place) => ({
        recordNumber: `W-${place}-${iin.slice(6)}`,
        legalBasis: as === 'TEACHER' ? 'Pedagogue Status Law art. 12(3)' : 'Health Code art. 270(1)(3-1)',
        from,
        until,
        fields: { iin, profession: as, organisation, certifiedOn: certifiedOn ?? today(nowMs) },
      }));
  },
});

/** Disability of each of the persons asked about. */
export const disability = ownRegister({
  name: 'disability',
  subject: 'iin',
  records(fields, country) {
    return childrenOf(fields, 'iin').flatMap((element) => {
      const iin = ownText(element) ?? '';
      const known = country.find(iin)?.disability;
      if (!known) return [];
      const { group, from, until } = known;
      const recordNumber = `D-${iin.slice(0, 2)}-${iin.slice(6)}`;
      return [{ recordNumber, legalBasis: 'Social Code', from, until, fields: { iin, group } }];
    });
  },
});

/** Conclusions of the psychological-medical-pedagogical consultation. */
export const pmpc = ownRegister({
  name: 'pmpc',
  subject: 'childIin',
  records(fields, country) {
    const childIin = needed(fields, 'childIin');
    const known = country.find(childIin)?.pmpc;
    if (!known) return [];
    const { number, correctionalGroup, from, until } = known;
    const legalBasis = 'Law on social and medical-pedagogical correctional support';
    return [{ recordNumber: number, legalBasis, from, until, fields: { childIin, correctionalGroup } }];
  },
});
