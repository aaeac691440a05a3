import type { Channel } from '../notices/channels.ts';
import type { NoticeCode, Saying, Stage } from '../notices/notice.ts';

/** What earlier message something follows from; carried on by the messages that go out. */
export type Cause = {
  readonly causationId: string;
  readonly correlationId: string;
  readonly traceparent?: string;
  readonly tracestate?: string;
};

/** One notice or stage on its way over one channel. */
export type NewDelivery = {
  readonly deliveryId: string;
  readonly channel: Channel;
  readonly notice: NoticeCode | Stage;
  /** Null for a stage. */
  readonly saying: Saying | null;
  readonly decidedAtMs: number;
  readonly answerByMs: number | null;
  /** True: issued at the opening of the day of acceptance. */
  readonly atOpening: boolean;
  /** By quiet hours, from when it may go. */
  readonly readyAtMs: number;
  readonly cause: Cause;
};

export type Ending = {
  readonly outcome: 'DELIVERED' | 'REFUSED';
  readonly reason: string | null;
  readonly endedAtMs: number;
};
