import type { People } from './people.ts';
import type { Received } from './received.ts';
import { cabinetInto } from './registers/cabinet.ts';
import { addressHistory, birthRecords, familyComposition, guardianship, mobileNumbers } from './registers/civil.ts';
import { gbdFl, gbdFlWithConsent } from './registers/gbd-fl.ts';
import { kdp } from './registers/kdp.ts';
import type { Register } from './registers/register.ts';
import { disability, military, pmpc, serviceRecords, workplaces } from './registers/standing.ts';
import { tempFiles } from './registers/temp-storage.ts';
import { faultScript, type FaultScript } from './fault-script.ts';

/** Everything the simulator is: who lives there, which registers answer, what goes wrong, what came in. */
export interface StateSystems {
  readonly country: People;
  readonly faults: FaultScript;
  readonly received: Received;
  readonly registers: Readonly<Record<string, Register>>;
}

/** The state systems by serviceId. Ids that begin with KEZEK_ are this project's own: theirs are not public. */
export function stateSystems(country: People, received: Received, seed?: number): StateSystems {
  const registers = {
    GBDFL_UniversalServiceSync: gbdFl,
    GBDFLUniversal_token: gbdFlWithConsent,
    KDP_SERVICE: kdp,
    MO_ISHASMR_ENBEKSERVICE: military,
    KEZEK_BIRTH_RECORD: birthRecords,
    KEZEK_GUARDIANSHIP: guardianship,
    KEZEK_FAMILY: familyComposition,
    KEZEK_SERVICE_RECORD: serviceRecords,
    KEZEK_WORKPLACE: workplaces,
    KEZEK_DISABILITY: disability,
    KEZEK_PMPC: pmpc,
    KEZEK_ADDRESS_HISTORY: addressHistory,
    KEZEK_MOBILE_NUMBER: mobileNumbers,
    EDS_TEMP_FILES: tempFiles(),
    KEZEK_CABINET: cabinetInto(received),
  };
  return { country, faults: faultScript(seed), received, registers };
}
