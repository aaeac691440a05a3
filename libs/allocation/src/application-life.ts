/** Life of an application (section 6): how it is queued, changed, withdrawn. */
import {
  ACTIVE,
  ageLimitDay,
  birthDay,
  firstEntry,
  HAS_SIBLINGS,
  HOLDS_STAY,
  hasFlag,
  LEAVING_FOR_AGE,
  PMPC,
  setAgeLimitDay,
  setApplicant,
  setBirthDay,
  setCategory,
  setFirstEntry,
  setFlag,
  setIdOfApplication,
  setNextOfApplicant,
  setOrderTime,
  setPlacementYear,
  setPlannedAge,
  setReferral,
  NEVER,
} from './application-record.ts';
import { startAnnualCycles } from './annual-interest.ts';
import { ageLimitFor, groupYear, plannedDayAhead } from './child.ts';
import { categoryCode, DEFERRED, HELD, WAITING } from './codes.ts';
import { checkWanted, joinEntry } from './wanted-entries.ts';
import { today } from './deadlines.ts';
import { sayApplication, sayCategoryChanged, sayEntry } from './decisions.ts';
import { deferUntil, reachPlannedAge } from './entry-life.ts';
import { nextEntry, segmentOf, setSegment, setTermDay, stateOf, termDay } from './entry-record.ts';
import { NONE, type ApplicationHandle } from './handles.ts';
import { addId, findId, setSubject, subjectOf } from './ids.ts';
import { beginLeaving, stopLeaving } from './leaving.ts';
import { type Category, type LogEntry, type RejectionReason } from './messages.ts';
import { delistAll, enlistAll, lookAgain } from './ordering.ts';
import { addRow } from './records.ts';
import { keyOfSegment, segmentFor } from './segment-record.ts';
import { type Allocation } from './state.ts';
import { dayFromDate } from './terms.ts';
import { AGE_LIMIT, PLANNED_AGE, setTimer } from './timers.ts';

type A = ApplicationHandle;
type Queued = Extract<LogEntry, { type: 'ApplicationQueued' }>;
type Child = Pick<Queued, 'birthDate' | 'pmpc' | 'plannedAge' | 'placementYear'>;

/** The application an entry is about, or why there is none. */
export function activeApplication(s: Allocation, applicationId: string): A | RejectionReason {
  const id = findId(s.applicationIds, applicationId);
  if (id < 0) return 'UNKNOWN_APPLICATION';
  const subject = subjectOf(s.applicationIds, id);
  return subject < 0 ? 'NOT_ACTIVE' : (subject as A);
}

/** `ApplicationQueued`: checked at the door, then its entries join in their order. */
export function queueApplication(s: Allocation, queued: Queued, sequence: number): RejectionReason | null {
  if (findId(s.applicationIds, queued.applicationId) >= 0) return 'DUPLICATE_APPLICATION';
  if (!checkWanted(s, queued.entries)) return 'BAD_ENTRIES';
  if (queued.submittedAtMs > s.nowMs) return 'BAD_TIME';
  if (!queued.pmpc && ageLimitFor(s.policy, dayFromDate(queued.birthDate)) <= today(s)) return 'AGE_LIMIT';
  const a = addRow(s.applications) as A;
  setFlag(s, a, ACTIVE, true);
  setIdOfApplication(s, a, addId(s.applicationIds, queued.applicationId, a));
  joinApplicant(s, a, queued.applicantId);
  setOrderTime(s, a, queued.submittedAtMs, sequence);
  setCategory(s, a, categoryCode(queued.category));
  setFirstEntry(s, a, NONE);
  setReferral(s, a, NONE);
  setAgeLimitDay(s, a, NEVER);
  describeChild(s, a, queued);
  limitAge(s, a);
  startAnnualCycles(s, a);
  for (const wanted of queued.entries) joinEntry(s, a, wanted, null);
  return null;
}

function joinApplicant(s: Allocation, a: A, applicantId: string): void {
  const known = findId(s.applicantIds, applicantId);
  const applicant = known >= 0 ? known : addId(s.applicantIds, applicantId, NONE);
  const sibling = subjectOf(s.applicantIds, applicant) as A;
  setApplicant(s, a, applicant);
  setNextOfApplicant(s, a, sibling);
  setSubject(s.applicantIds, applicant, a);
  if (sibling === NONE) return;
  setFlag(s, a, HAS_SIBLINGS, true);
  setFlag(s, sibling, HAS_SIBLINGS, true);
}

function describeChild(s: Allocation, a: A, child: Child): void {
  setBirthDay(s, a, dayFromDate(child.birthDate));
  setFlag(s, a, PMPC, child.pmpc);
  setPlannedAge(s, a, child.plannedAge);
  setPlacementYear(s, a, child.placementYear);
}

/** p.11, p.16(4): sets the age limit by the policy of now; passed already, the application leaves. */
function limitAge(s: Allocation, a: A): void {
  const day = hasFlag(s, a, PMPC) ? NEVER : ageLimitFor(s.policy, birthDay(s, a));
  const before = ageLimitDay(s, a);
  setAgeLimitDay(s, a, day);
  if (day !== NEVER && day <= today(s)) {
    beginLeaving(s, a, LEAVING_FOR_AGE);
    return;
  }
  stopLeaving(s, a, LEAVING_FOR_AGE);
  if (day !== NEVER && day !== before) setTimer(s.timers, AGE_LIMIT, a, day);
}

/** `ChildChanged`: the whole new set of values; offers, referrals and order times stand. */
export function changeChild(s: Allocation, a: A, child: Child): null {
  sayApplication(s, 'ChildChanged', a);
  delistAll(s, a);
  describeChild(s, a, child);
  for (let e = firstEntry(s, a); e !== NONE; e = nextEntry(s, e)) {
    setSegment(s, e, segmentFor(s, keyOfSegment(s, segmentOf(s, e)), groupYear(s, a)));
  }
  enlistAll(s, a);
  limitAge(s, a);
  replan(s, a);
  return null;
}

/** Each DEFERRED, WAITING or HELD entry by the planned age as it is now. */
function replan(s: Allocation, a: A): void {
  const ahead = plannedDayAhead(s, a);
  for (let e = firstEntry(s, a); e !== NONE; e = nextEntry(s, e)) {
    const state = stateOf(s, e);
    if (state === DEFERRED) {
      if (ahead === null) reachPlannedAge(s, e);
      else if (termDay(s, e) !== ahead) {
        setTermDay(s, e, ahead);
        setTimer(s.timers, PLANNED_AGE, e, ahead);
      }
    } else if (ahead !== null && (state === WAITING || state === HELD)) {
      deferUntil(s, e, ahead);
      sayEntry(s, 'EntryDeferred', e);
    }
  }
}

/** `CategoryChanged`, p.13(3): at any time; the entries move to the new category's lists at their order time. */
export function changeCategory(s: Allocation, a: A, category: Category): null {
  delistAll(s, a);
  setCategory(s, a, categoryCode(category));
  enlistAll(s, a);
  sayCategoryChanged(s, a, categoryCode(category));
  return null;
}

/** `PlacementEnded`: the stay is over; nothing is said. */
export function endPlacement(s: Allocation, a: A): RejectionReason | null {
  if (!hasFlag(s, a, HOLDS_STAY)) return 'NOT_PLACED';
  setFlag(s, a, HOLDS_STAY, false);
  lookAgain(s, a);
  return null;
}
