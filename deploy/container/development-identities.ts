import { developmentKey } from '#audit';
import { developmentIdentities } from '#shep';

/**
 * Run once by deploy/make-secrets, in an image of the hub: prints what the allocator and both ends of the simulated state
 * gateway need to sign, as lines for their files of secrets. JSON knows no single quote outside its strings, and these
 * have none.
 */
const { signingKey, peers, wire } = developmentIdentities(Date.now());
console.log(`SIGNING_KEY='${signingKey}'\nPEERS='${peers}'\nWIRE='${wire}'\nCHECKPOINT_KEY='${developmentKey()}'`);
