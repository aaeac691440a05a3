import { describe, expect, it } from '@jest/globals';
import { decodeBind, encodeBind } from './bind.ts';
import { encodeFrame, FrameReader, frameBytesMax } from './frame.ts';
import { decodeReceipt, encodeReceipt, esmClassReceipt, messageState } from './receipt.ts';
import { decodeShortMessage, encodeShortMessage, tag, twoBytes, type ShortMessage } from './short-message.ts';
import { decodeText, encodeUcs2, smsPartsOf, ucs2 } from './text.ts';
import { relativeValidity } from './validity.ts';

// Bytes that another implementation (node-smpp 0.5.1) wrote, so that both ends here cannot share a mistake unnoticed.
const foreign = {
  bind: '000000220000000900000000000000016b657a656b00736563726574000034000000',
  submit:
    '0000006f0000000400000000000000020005004b455a454b0001013737303130303030303031000000000030303030303230303030303030' +
    '303052000100080028042104d9043b0435043c002c0020049a043004370430049b002004d904a304e904b104af04bb0456020400020201',
  submitLongHead:
    '000001390000000400000000000000030005004b455a454b0001013737303130303030303031000000000000010008000004240104',
  receipt:
    '000000a100000005000000000000000900010137373031303030303030310000004b455a454b000400000000000001006169643a6162632d' +
    '31207375623a30303120646c7672643a303031207375626d697420646174653a3236303130313030303020646f6e6520646174653a323630' +
    '3130313030303020737461743a44454c49565244206572723a30303020746578743a001e00066162632d31000427000102',
};
const frameOf = (hex: string) => new FrameReader().take(Buffer.from(hex, 'hex'))[0]!;

const toPhone: ShortMessage = {
  source: { ton: 5, npi: 0, digits: 'KEZEK' },
  destination: { ton: 1, npi: 1, digits: '77010000001' },
  esmClass: 0,
  validityPeriod: '000002000000000R',
  registeredDelivery: 1,
  dataCoding: ucs2,
  payload: encodeUcs2('Сәлем, Қазақ әңөұүһі'),
  parameters: new Map([[tag.userMessageReference, twoBytes(513)]]),
};

describe('SMPP on the wire', () => {
  it('is what another implementation writes for a bind and for a message', () => {
    const bind = encodeBind({ systemId: 'kezek', password: 'secret', systemType: '' });
    expect(encodeFrame({ commandId: 9, status: 0, sequence: 1, body: bind }).toString('hex')).toBe(foreign.bind);
    const submit = encodeFrame({ commandId: 4, status: 0, sequence: 2, body: encodeShortMessage(toPhone) });
    expect(submit.toString('hex')).toBe(foreign.submit);
  });

  it('puts a text of more than 254 bytes into message_payload, as another implementation does', () => {
    const text = 'Қ'.repeat(130);
    const message = {
      ...toPhone,
      validityPeriod: '',
      payload: encodeUcs2(text),
      parameters: new Map<number, Buffer>(),
    };
    const hex = encodeFrame({ commandId: 4, status: 0, sequence: 3, body: encodeShortMessage(message) }).toString(
      'hex',
    );
    expect(hex).toBe(foreign.submitLongHead + '049a'.repeat(130));
    expect(decodeShortMessage(frameOf(hex).body)).toEqual(message);
  });

  it('is read as another implementation wrote it', () => {
    expect(decodeBind(frameOf(foreign.bind).body)).toEqual({ systemId: 'kezek', password: 'secret', systemType: '' });
    const message = decodeShortMessage(frameOf(foreign.submit).body);
    expect(message).toEqual(toPhone);
    expect(decodeText(message.payload, message.dataCoding)).toBe('Сәлем, Қазақ әңөұүһі');
    expect(decodeReceipt(decodeShortMessage(frameOf(foreign.receipt).body))).toEqual({
      messageId: 'abc-1',
      state: 'DELIVERED',
    });
  });

  it('is cut into the same frames however the bytes arrive', () => {
    const stream = Buffer.from(foreign.bind + foreign.submit + foreign.receipt, 'hex');
    const whole = new FrameReader().take(stream);
    const reader = new FrameReader();
    const byteByByte = [...stream].flatMap((byte) => reader.take(Buffer.from([byte])));
    expect(byteByByte).toEqual(whole);
    expect(whole.map(({ sequence }) => sequence)).toEqual([1, 2, 9]);
  });

  it.each([0, 4, 15, frameBytesMax + 1, 0xffff_ffff])('does not go on after a frame that claims %d bytes', (length) => {
    const claim = Buffer.alloc(4);
    claim.writeUInt32BE(length);
    expect(() => new FrameReader().take(claim)).toThrow(/claims to be/);
  });

  it('refuses every body that ends too early', () => {
    const { body } = frameOf(foreign.submit);
    const beforeParameters = body.length - 6;
    for (let length = 0; length < body.length; length += 1) {
      if (length === beforeParameters) continue; // optional parameters may be absent
      expect(() => decodeShortMessage(body.subarray(0, length))).toThrow(/ends too early|has no end/);
    }
  });

  it.each([
    ['Қазақстан', 9],
    ['пароль-х', 9],
  ])('refuses to write the password %s, which does not fit', (password) => {
    expect(() => encodeBind({ systemId: 'kezek', password, systemType: '' })).toThrow(/does not fit/);
  });
});

describe('a receipt', () => {
  const receipt = (parts: Partial<ShortMessage>): ShortMessage => ({ ...toPhone, esmClass: esmClassReceipt, ...parts });

  it.each(Object.values(messageState))('says %s by its parameters and by its text alike', (state) => {
    const { payload, parameters } = encodeReceipt({ messageId: 'm-7', state });
    expect(decodeReceipt(receipt({ payload: Buffer.alloc(0), parameters }))).toEqual({ messageId: 'm-7', state });
    expect(decodeReceipt(receipt({ payload, parameters: new Map() }))).toEqual({ messageId: 'm-7', state });
  });

  it('is not what a person writes back', () => {
    const { payload } = encodeReceipt({ messageId: 'm-7', state: 'DELIVERED' });
    expect(decodeReceipt(receipt({ esmClass: 0, payload }))).toBeUndefined();
  });

  it('that names no message says nothing', () => {
    expect(decodeReceipt(receipt({ payload: Buffer.from('stat:DELIVRD'), parameters: new Map() }))).toBeUndefined();
  });
});

describe('a text to a telephone', () => {
  it('keeps every letter of the Kazakh alphabet', () => {
    const letters = 'АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя №«»–';
    expect(decodeText(encodeUcs2(letters), ucs2)).toBe(letters);
  });

  it.each([
    [70, 1],
    [71, 2],
    [134, 2],
    [135, 3],
  ])('of %d letters is charged as %d', (letters, parts) => {
    expect(smsPartsOf('ә'.repeat(letters))).toBe(parts);
  });

  it.each([
    [2 * 86_400_000, '000002000000000R'],
    [90_061_500, '000001010101000R'],
    [0, '000000000001000R'],
    [400 * 86_400_000, '000030000000000R'],
  ])('valid for %d ms says %s', (termMs, text) => {
    expect(relativeValidity(termMs)).toBe(text);
  });
});
