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

/** A portal passed on a citizen's answer to an offer. */
export type PortalAnswerReceived = {
  /** The portal's dialogue, a random id of ours; everything that answers carries it. */
  readonly dialogueId: string;
  /** Number the portal gave the request. */
  readonly portalRequestNumber: string;
  /** Number of the application the citizen knows. */
  readonly applicationNumber: string;
  /** The seat that was offered. */
  readonly vacancyId: string;
  /** Yes or no. */
  readonly accepted: boolean;
  /** Date and time the portal put on the message. */
  readonly portalAtMs: number;
  /** When the message came, stamped at the socket. */
  readonly receivedAtMs: number;
};

/** Language of messages. */
export type PortalLanguage = 'kk' | 'ru';

/** One preschool wished for. */
export type PortalPreschool = {
  /** Code in the registry. */
  readonly preschoolId: string;
  /** Language of upbringing, two letters. */
  readonly language: string;
};

/** A portal sent an application through the state gateway; its acknowledgement says only that it was received. */
export type PortalApplicationReceived = {
  /** The portal's dialogue, a random id of ours; everything that answers carries it. */
  readonly dialogueId: string;
  /** Number the portal gave the request. */
  readonly portalRequestNumber: string;
  /** IIN of the parent or legal representative. Personal: iin. */
  readonly applicantIin: string;
  /** Mobile number for messages, E.164. Personal: phone. */
  readonly applicantPhone: string;
  /** Language of messages. */
  readonly applicantLanguage: PortalLanguage;
  /** IIN of the child. Personal: iin. */
  readonly childIin: string;
  /** Date of birth as stated, YYYY-MM-DD. Personal: birth date. */
  readonly childBirthDate: string;
  /** Preschools in the order of the request. */
  readonly preschools: readonly PortalPreschool[];
  /** Code of the benefit claimed. Personal: benefit. */
  readonly benefit: null | string;
  /** Age in years at which the place is wanted; null: at once. */
  readonly plannedAge: null | number;
  /** Consent to the use of data from state databases. */
  readonly consent: boolean;
  /** Date and time the portal put on the message. */
  readonly portalAtMs: number;
  /** When the message came, stamped at the socket. */
  readonly receivedAtMs: number;
};

/** What became of it. */
export type PortalOutcome = 'ACCEPTED' | 'REFUSED';

/** What became of a request that came from a portal; it goes back on the same dialogue. */
export type PortalRequestAnswered = {
  /** The delivery, a random id; a repeat has the same. */
  readonly deliveryId: string;
  /** The portal's dialogue. */
  readonly dialogueId: string;
  /** The application, when the request made one: its later news go on the same dialogue. */
  readonly applicationId: null | string;
  /** Number the citizen knows. */
  readonly applicationNumber: null | string;
  /** What became of it. */
  readonly outcome: PortalOutcome;
  /** Code of the refusal: the problem codes of the REST interface. */
  readonly reason: null | string;
  /** Text in Kazakh. Personal: message. */
  readonly textKk: string;
  /** Text in Russian. Personal: message. */
  readonly textRu: string;
  /** When it was decided. */
  readonly decidedAtMs: number;
};
