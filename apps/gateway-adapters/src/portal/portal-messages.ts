import type { MessageOf } from '#contracts';
import { formatShepTime, type PayloadToWrite, xmlElement, xmlLeaf } from '#shep';
import type { Dialogue } from './dialogues.postgres.ts';

/** Namespaces are per public service and given by the portal; this one is ours until then. */
const namespace = 'urn:kezek:portal:v1';

/** What is said to a portal in the course of a dialogue. */
export interface PortalNews {
  /** `ACCEPTED`, `REFUSED`, or the code of a notice. */
  readonly status: string;
  readonly applicationNumber: string | null;
  readonly reason: string | null;
  readonly textKk: string;
  readonly textRu: string;
  readonly atMs: number;
}

/** Writes `responseMessage` in the shape of public code, texts in pairs. */
export function portalMessage({ requestNumber, dialogueId }: Dialogue, news: PortalNews): PayloadToWrite {
  const document = xmlElement(
    'p:responseMessage',
    { 'xmlns:p': namespace },
    xmlElement(
      'SystemInfo',
      {},
      xmlLeaf('RequestNumber', requestNumber),
      xmlLeaf('ChainId', dialogueId),
      xmlLeaf('RequestDate', formatShepTime(news.atMs)),
    ),
    xmlElement(
      'ResponseData',
      {},
      xmlLeaf('RequestNumber', requestNumber),
      xmlLeaf('CurrentStatus', news.status),
      xmlLeaf('CurrentStatusText', news.reason ?? news.status),
      xmlLeaf('ApplicationNumber', news.applicationNumber ?? undefined),
    ),
    xmlLeaf('AdditionalInfoRu', news.textRu),
    xmlLeaf('AdditionalInfoKz', news.textKk),
  );
  return { form: 'text', document };
}

/** What a decision on the request itself says. */
export function newsOfAnswer(answer: MessageOf<'PortalRequestAnswered'>): PortalNews {
  const { outcome, applicationNumber, reason, textKk, textRu, decidedAtMs } = answer;
  return { status: outcome, applicationNumber, reason, textKk, textRu, atMs: decidedAtMs };
}

/** What a line for the cabinet says, told to a portal. */
export function newsOfCabinetLine(line: MessageOf<'CabinetMessageRequested'>): PortalNews {
  const { notice, applicationNumber, textKk, textRu, requestedAtMs } = line;
  return { status: notice, applicationNumber, reason: null, textKk, textRu, atMs: requestedAtMs };
}

/** What the last stage of an application says: it ends the dialogue. */
export function newsOfLastStage(stage: MessageOf<'MonitoringStageRequested'>): PortalNews {
  const { stage: status, applicationNumber, stageAtMs } = stage;
  return { status, applicationNumber, reason: null, textKk: status, textRu: status, atMs: stageAtMs };
}
