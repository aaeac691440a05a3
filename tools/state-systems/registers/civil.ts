import { xmlElement, xmlLeaf } from '#shep';
import { fieldsOf, namedIin, needed, ownAnswer, type Register } from './register.ts';

/** Birth records (own form; the registry office's schema is not public). */
export const birthRecords: Register = (asked) => {
  const fields = fieldsOf(asked, 'request');
  const child = asked.country.find(needed(fields, 'childIin'));
  const records = child?.births.map((birth) =>
    xmlElement(
      'record',
      {},
      xmlLeaf('actNumber', birth.actNumber),
      xmlLeaf('registeredOn', birth.registeredOn),
      xmlLeaf('annulled', birth.annulled),
      xmlLeaf('childIin', namedIin(child.iin, asked.quirk)),
      xmlLeaf('childSurname', child.surname),
      xmlLeaf('childName', child.name),
      xmlLeaf('childPatronymic', child.patronymic),
      xmlLeaf('childBirthDate', child.birthDate),
      xmlLeaf('motherIin', birth.motherIin),
      xmlLeaf('fatherIin', birth.fatherIin),
    ),
  );
  return ownAnswer(asked, 'birth', needed(fields, 'requestId'), records ?? []);
};

/** Guardianship (own form): children without parental care and orphans. */
export const guardianship: Register = (asked) => {
  const fields = fieldsOf(asked, 'request');
  const child = asked.country.find(needed(fields, 'childIin'));
  const kept = child?.guardianship;
  const record =
    kept &&
    xmlElement(
      'record',
      {},
      xmlLeaf('childIin', namedIin(child.iin, asked.quirk)),
      xmlLeaf('kind', kept.kind),
      xmlLeaf('guardianIin', kept.guardianIin),
      xmlLeaf('from', kept.from),
      xmlLeaf('until', kept.until),
    );
  return ownAnswer(asked, 'guardianship', needed(fields, 'requestId'), record ? [record] : []);
};

/** Family composition (own form): the children a person has by birth records that stand. */
export const familyComposition: Register = (asked) => {
  const fields = fieldsOf(asked, 'request');
  const iin = needed(fields, 'iin');
  const records = asked.country
    .childrenOf(iin)
    .map((child) =>
      xmlElement(
        'record',
        {},
        xmlLeaf('iin', namedIin(iin, asked.quirk)),
        xmlLeaf('memberIin', child.iin),
        xmlLeaf('relation', 'CHILD'),
        xmlLeaf('birthDate', child.birthDate),
        xmlLeaf('deathDate', child.deathDate),
      ),
    );
  return ownAnswer(asked, 'family', needed(fields, 'requestId'), records);
};
