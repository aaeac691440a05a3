import { describe, expect, it } from '@jest/globals';
import { deliveryIdOf } from './delivery-id.ts';

describe('the id of a delivery', () => {
  it('is the same UUID for the same cause, notice and channel, in every version of this program', () => {
    expect(deliveryIdOf('42.0', 'N14', 'SMS')).toBe('f7851bc2-aadd-875b-89ee-86975e2302ba');
  });

  it('differs by cause, notice and channel', () => {
    const ids = ['42.0', '42.1', '420', '4', '2.0'].flatMap((cause) =>
      (['N14', 'N33', '.0N14'] as const).flatMap((what) =>
        (['SMS', 'CABINET', 'MONITORING'] as const).map((channel) => deliveryIdOf(cause, what, channel)),
      ),
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });
});
