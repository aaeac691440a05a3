// Generated from schemas/ by `npm run contracts`. Edit the schema, not this file.

/** A line for the citizen's cabinet. */
export type CabinetMessageRequested = {
  /** The delivery, a random id; a repeat has the same. */
  readonly deliveryId: string;
  /** The application, a random id. */
  readonly applicationId: string;
  /** The parent or legal representative, a random id. */
  readonly applicantId: string;
  /** Number the citizen knows. */
  readonly applicationNumber: string;
  /** Code of the notice, N01 to N36. */
  readonly notice: string;
  /** Text in Kazakh. Personal: message. */
  readonly textKk: string;
  /** Text in Russian. Personal: message. */
  readonly textRu: string;
  /** When it was asked for. */
  readonly requestedAtMs: number;
};

/** Where it went. */
export type GatewayChannel = 'CABINET' | 'MONITORING';

/** How it ended. */
export type DeliveryOutcome = 'DELIVERED' | 'REFUSED';

/** What became of a cabinet line or a stage. */
export type GatewayDeliveryCompleted = {
  /** The delivery, a random id; a repeat has the same. */
  readonly deliveryId: string;
  /** The application, a random id. */
  readonly applicationId: string;
  /** Where it went. */
  readonly channel: GatewayChannel;
  /** How it ended. */
  readonly outcome: DeliveryOutcome;
  /** Code of the refusal. */
  readonly reason: null | string;
  /** Attempts made. */
  readonly attempts: number;
  /** When it ended. */
  readonly completedAtMs: number;
};

/** A stage for the monitoring system of public services (p.9, p.27). */
export type MonitoringStageRequested = {
  /** The delivery, a random id; a repeat has the same. */
  readonly deliveryId: string;
  /** The application, a random id. */
  readonly applicationId: string;
  /** Number the citizen knows. */
  readonly applicationNumber: string;
  /** Stage code: REGISTERED, IN_PROGRESS, OFFERED, REFERRED, COMPLETED, REFUSED, ARCHIVED. */
  readonly stage: string;
  /** When the stage was reached. */
  readonly stageAtMs: number;
};
