/** One thing that came in, as a test or the demo wants to see it. */
export interface ReceivedCall {
  readonly atMs: number;
  /** serviceId of the envelope, or `monitoring`. */
  readonly service: string;
  readonly messageId: string;
  readonly senderId: string;
  /** What became of it: `answered`, `fault SCE001`, or the kind of scripted fault. */
  readonly outcome: string;
}

export interface CabinetLine {
  readonly atMs: number;
  readonly messageId: string;
  readonly requestNumber: string;
  readonly notice: string;
  readonly textKk: string;
  readonly textRu: string;
  /** How often the same message came; more than one is a repeat and shows no second line. */
  times: number;
}

export interface MonitoringStage {
  readonly atMs: number;
  readonly action: string;
  readonly messageId: string;
  readonly applicationId: string;
  readonly state: string;
  times: number;
}

/** What the hub said to a portal in the course of a dialogue. */
export interface PortalNews {
  readonly atMs: number;
  readonly messageId: string;
  readonly correlationId: string;
  readonly messageType: string;
  readonly requestNumber: string;
  readonly status: string;
  readonly applicationNumber: string;
  readonly textRu: string;
  times: number;
}

/** Everything that came in since the last reset. */
export class Received {
  calls: ReceivedCall[] = [];
  readonly cabinet = new Map<string, CabinetLine>();
  readonly monitoring = new Map<string, MonitoringStage>();
  readonly portal = new Map<string, PortalNews>();

  clear(): void {
    this.calls = [];
    this.cabinet.clear();
    this.monitoring.clear();
    this.portal.clear();
  }

  /** Keeps the first of each message and counts the rest. */
  remember<T extends { messageId: string; times: number }>(kept: Map<string, T>, entry: T): void {
    const known = kept.get(entry.messageId);
    if (known) known.times += 1;
    else kept.set(entry.messageId, entry);
  }
}
