/** Ids of the operations spoken here (SMPP 3.4, 5.1.2.1); a response is its request with the highest bit set. */
export const command = {
  genericNack: 0x8000_0000,
  submitSm: 0x0000_0004,
  deliverSm: 0x0000_0005,
  unbind: 0x0000_0006,
  bindTransceiver: 0x0000_0009,
  enquireLink: 0x0000_0015,
} as const;

const responseBit = 0x8000_0000;

export const isResponse = (commandId: number): boolean => commandId >= responseBit;
export const responseTo = (commandId: number): number => (commandId | responseBit) >>> 0;

/** Results of an operation (SMPP 3.4, 5.1.3): those that this project gives or treats in a way of their own. */
export const commandStatus = {
  ok: 0x0000_0000,
  invalidMessageLength: 0x0000_0001,
  invalidCommandLength: 0x0000_0002,
  invalidCommandId: 0x0000_0003,
  invalidBindStatus: 0x0000_0004,
  alreadyBound: 0x0000_0005,
  systemError: 0x0000_0008,
  invalidSource: 0x0000_000a,
  invalidDestination: 0x0000_000b,
  bindFailed: 0x0000_000d,
  invalidPassword: 0x0000_000e,
  invalidSystemId: 0x0000_000f,
  messageQueueFull: 0x0000_0014,
  submitFailed: 0x0000_0045,
  throttled: 0x0000_0058,
  /** The receiver of a deliver_sm cannot take it now; the centre delivers it again later. */
  receiverTemporary: 0x0000_0064,
} as const;
