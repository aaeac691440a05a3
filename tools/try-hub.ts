import { Families, HubInterface, OutsideWorld } from '#testing';

/**
 * Sends one application through a hub that runs in docker-compose.yml on its default ports: from the queue to a
 * referral and an SMS. For a machine that has just loaded a bundle.
 */
const { INTAKE_URL = 'http://127.0.0.1:8080', STATE_SYSTEMS_URL, SMPP_SINK_URL } = process.env;
if (STATE_SYSTEMS_URL === undefined || SMPP_SINK_URL === undefined) {
  throw new Error('STATE_SYSTEMS_URL and SMPP_SINK_URL tell where the simulators answer');
}
const patienceMs = 60_000;
const hub = new HubInterface(() => INTAKE_URL);
const outside = new OutsideWorld(
  () => STATE_SYSTEMS_URL,
  () => SMPP_SINK_URL,
);

const year = new Date().getUTCFullYear() - 3;
const family = await new Families(outside).invent({ childBirthDate: `${year}-03-05` });
const preschools = [{ preschoolId: 'AB-01', language: 'kk' }];
const { applicationNumber } = await hub.submitApplication({ ...family, preschools, consent: true }, patienceMs);
await hub.waitUntilQueued(applicationNumber, patienceMs);
const seat = { ...preschools[0]!, birthYears: [year], groupName: 'Күн', regimeHours: '10.5' as const };
await hub.publishBulletin('try-1', [seat], patienceMs);
const { vacancyId } = await hub.waitForOffer(applicationNumber, patienceMs);
await hub.answerOffer(applicationNumber, vacancyId, true, patienceMs);
const referral = await hub.waitForReferral(applicationNumber, patienceMs);
const { length: smsCount } = await outside.sms();
console.log(`${applicationNumber} has a referral to ${referral.preschoolId}; ${smsCount} SMS went out`);
