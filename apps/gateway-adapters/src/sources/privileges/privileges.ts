import { relocationVerdict } from '../addresses/addresses.ts';
import type { AskState } from '../ask-state.ts';
import { familyDisabilityVerdict, representativeDisabilityVerdict } from '../disability/disability.ts';
import { largeFamilyVerdict } from '../family/family.ts';
import { orphanVerdict } from '../guardianship/guardianship.ts';
import { militaryVerdict } from '../military/military.ts';
import type { AskRegister } from '../own-register.ts';
import { limitedAbilitiesVerdict } from '../pmpc/pmpc.ts';
import { serviceVerdict } from '../service/service.ts';
import { noData, type Question, type Source, type Verdict } from '../source.ts';
import { workplaceVerdict } from '../workplace/workplace.ts';

interface Doors {
  readonly state: AskState;
  readonly register: AskRegister;
}

type Ask = (doors: Doors, question: Question) => Promise<Verdict>;

/** Where each benefit of p.13 is confirmed. Legal bases: docs/gateway.md. */
const verdictOn: Readonly<Record<string, Ask>> = {
  MILITARY_SERVICE: ({ state }, question) => militaryVerdict(state, question),
  SPECIAL_STATE_BODY: ({ register }, question) => serviceVerdict(register, question, 'SPECIAL_STATE_BODY'),
  LAW_ENFORCEMENT: ({ register }, question) => serviceVerdict(register, question, 'LAW_ENFORCEMENT'),
  STATE_COURIER: ({ register }, question) => serviceVerdict(register, question, 'COURIER'),
  RELOCATION: ({ register }, question) => relocationVerdict(register, question),
  TEACHER: ({ register }, question) => workplaceVerdict(register, question, 'TEACHER'),
  MEDICAL_WORKER: ({ register }, question) => workplaceVerdict(register, question, 'MEDICAL_WORKER'),
  REPRESENTATIVE_WITH_DISABILITY: ({ register }, question) => representativeDisabilityVerdict(register, question),
  ORPHAN: ({ register }, question) => orphanVerdict(register, question),
  LARGE_FAMILY: ({ register }, question) => largeFamilyVerdict(register, question),
  LIMITED_ABILITIES: ({ register }, question) => limitedAbilitiesVerdict(register, question),
  SIBLING_WITH_DISABILITY: ({ register }, question) => familyDisabilityVerdict(register, question),
};

/** The registers behind the right to a place out of turn or first. */
export function privileges(doors: Doors): Source {
  return {
    code: 'PRIVILEGES',
    async ask(question) {
      const verdict = Object.hasOwn(verdictOn, question.benefit ?? '') ? verdictOn[question.benefit ?? ''] : undefined;
      return verdict ? verdict(doors, question) : noData('unknown-benefit');
    },
  };
}
