import type { AskState } from '../ask-state.ts';
import { noData, type Question, type Source, type Verdict } from '../source.ts';
import {
  familyDisabilityVerdict,
  largeFamilyVerdict,
  orphanVerdict,
  representativeDisabilityVerdict,
} from './family.ts';
import { limitedAbilitiesVerdict, workplaceVerdict } from './papers.ts';
import { militaryVerdict, serviceVerdict } from './service.ts';

type Ask = (ask: AskState, question: Question) => Promise<Verdict>;

/** Where each benefit of p.13 is confirmed. Legal bases: docs/gateway.md. */
const verdictOn: Readonly<Record<string, Ask>> = {
  MILITARY_SERVICE: militaryVerdict,
  SPECIAL_STATE_BODY: (ask, question) => serviceVerdict(ask, question, 'SPECIAL_STATE_BODY'),
  LAW_ENFORCEMENT: (ask, question) => serviceVerdict(ask, question, 'LAW_ENFORCEMENT'),
  STATE_COURIER: (ask, question) => serviceVerdict(ask, question, 'COURIER'),
  TEACHER: (ask, question) => workplaceVerdict(ask, question, 'TEACHER'),
  MEDICAL_WORKER: (ask, question) => workplaceVerdict(ask, question, 'MEDICAL_WORKER'),
  REPRESENTATIVE_WITH_DISABILITY: representativeDisabilityVerdict,
  ORPHAN: orphanVerdict,
  LARGE_FAMILY: largeFamilyVerdict,
  LIMITED_ABILITIES: limitedAbilitiesVerdict,
  SIBLING_WITH_DISABILITY: familyDisabilityVerdict,
};

/** The registers behind the right to a place out of turn or first. */
export function privileges(ask: AskState): Source {
  return {
    code: 'PRIVILEGES',
    async ask(question) {
      const verdict = verdictOn[question.benefit ?? ''];
      return verdict ? verdict(ask, question) : noData('unknown-benefit');
    },
  };
}
