export { AuditTree, decisionLeaf, entryLeaf, type AuditTreeState } from './audit-tree.ts';
export {
  CheckpointMalformed,
  checkpointText,
  isSignedBy,
  noteOf,
  readNote,
  signCheckpoint,
  type Checkpoint,
  type SignedCheckpoint,
} from './checkpoint.ts';
export { takeApart, type DecisionRecord } from './decision-records.ts';
export { digestBytes, rootOfPath } from './merkle-tree.ts';
export {
  developmentKey,
  isDevelopmentKey,
  KeyMalformed,
  newPrivateKey,
  readPrivateKey,
  readPublicKey,
  type PrivateKey,
  type PublicKey,
} from './note-keys.ts';
