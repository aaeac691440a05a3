/** One SMS as it is handed to the centre. */
export type Sms = {
  readonly deliveryId: string;
  /** E.164, with or without its plus. */
  readonly phone: string;
  readonly text: string;
  /** How long it is of use, ms. */
  readonly termMs: number;
};

export type SubmitResult =
  | { readonly kind: 'accepted'; readonly messageId: string }
  /** Never, whatever is done: the number does not exist, for one. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Not now, or the answer was lost: the centre may have it, and knows a repeat by the delivery's id. */
  | { readonly kind: 'later'; readonly reason: string; readonly throttled: boolean };

/** The way to the phones. */
export interface SmsCentre {
  readonly isOpen: boolean;
  submit(sms: Sms): Promise<SubmitResult>;
}

/** What became of an accepted SMS. */
export type SmsOutcome = { readonly messageId: string; readonly delivered: boolean; readonly reason: string | null };

/** Told of an outcome; false when no such SMS is known (yet), so that the centre says it again. */
export type ReceiptListener = (outcome: SmsOutcome) => Promise<boolean>;
