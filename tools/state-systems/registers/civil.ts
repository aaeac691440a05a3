import { needed } from './register.ts';
import { ownRegister } from './own-register.ts';

/** Birth records of the registry office. */
export const birthRecords = ownRegister({
  name: 'birth',
  subject: 'childIin',
  records(fields, country) {
    const child = country.find(needed(fields, 'childIin'));
    return (child?.births ?? []).map((birth) => ({
      recordNumber: birth.actNumber,
      legalBasis: 'Marriage and Family Code',
      from: birth.registeredOn,
      fields: {
        annulled: birth.annulled,
        childIin: child!.iin,
        childSurname: child!.surname,
        childName: child!.name,
        childPatronymic: child!.patronymic,
        childBirthDate: child!.birthDate,
        motherIin: birth.motherIin,
        fatherIin: birth.fatherIin,
      },
    }));
  },
});

/** Guardianship: children without parental care and orphans. */
export const guardianship = ownRegister({
  name: 'guardianship',
  subject: 'childIin',
  records(fields, country) {
    const childIin = needed(fields, 'childIin');
    const kept = country.find(childIin)?.guardianship;
    if (!kept) return [];
    const { kind, guardianIin, from, until } = kept;
    const legalBasis = 'Law on the Rights of the Child';
    return [
      { recordNumber: `G-${childIin.slice(6)}`, legalBasis, from, until, fields: { childIin, kind, guardianIin } },
    ];
  },
});

/** Family composition: the children a person has by birth records that stand. */
export const familyComposition = ownRegister({
  name: 'family',
  subject: 'iin',
  records(fields, country) {
    const iin = needed(fields, 'iin');
    return country.childrenOf(iin).map((child) => ({
      recordNumber: `F-${child.iin.slice(0, 2)}-${child.iin.slice(6)}`,
      legalBasis: 'Marriage and Family Code',
      from: child.birthDate,
      fields: { iin, memberIin: child.iin, relation: 'CHILD', birthDate: child.birthDate, deathDate: child.deathDate },
    }));
  },
});

/** Registered addresses, the present one and those before. */
export const addressHistory = ownRegister({
  name: 'addresses',
  subject: 'iin',
  records(fields, country) {
    const iin = needed(fields, 'iin');
    return (country.find(iin)?.addresses ?? []).map(({ kato, text, from, until }, place) => ({
      recordNumber: `A-${place}-${iin.slice(6)}`,
      legalBasis: 'Law on Migration of the Population',
      from,
      until,
      fields: { iin, kato, text },
    }));
  },
});

/** The base of mobile citizens. */
export const mobileNumbers = ownRegister({
  name: 'mobile',
  subject: 'iin',
  records(fields, country) {
    const iin = needed(fields, 'iin');
    const phone = country.find(iin)?.mobile;
    if (phone === undefined) return [];
    const legalBasis = 'consent given on the portal';
    return [{ recordNumber: `M-${iin.slice(6)}`, legalBasis, from: '2020-01-01', fields: { iin, phone } }];
  },
});
