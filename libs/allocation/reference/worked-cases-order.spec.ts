import { describe, expect, it } from '@jest/globals';
import { offersIn, Story } from './story.ts';

const day = (n: number): string => `2026-06-${String(n).padStart(2, '0')}T10:00`;

/** Children who applied one after the other a day apart, long before the seats; queued late, so that no annual question is open. */
function queued(story: Story, ...names: readonly string[]): Story {
  names.forEach((name, place) => {
    const month = String(9 + Math.floor(place / 28)).padStart(2, '0');
    const date = String(1 + (place % 28)).padStart(2, '0');
    story.queue('2026-05-31T09:00', name, { submitted: `2025-${month}-${date}T09:00` });
  });
  return story;
}

/** One seat of the queue after the other, each taken at once. */
function seats(story: Story, count: number, from = 1): (string | null)[] {
  return Array.from({ length: count }, (_, i) =>
    story.seatTakenBy(`2026-06-01T${10 + Math.floor((from + i) / 60)}:${String((from + i) % 60).padStart(2, '0')}`, {
      id: `V${from + i}`,
    }),
  );
}

describe('the order of a queue (p.10), by the reference', () => {
  it('F-01: merges the classes one to three, out-of-turn first', () => {
    const story = new Story();
    story.queue('2025-09-01T09:00', 'G1');
    story.queue('2025-09-01T09:00:00.500', 'F1');
    story.queue('2025-09-01T09:00:01', 'G2');
    ['G3', 'F2', 'G4', 'G5', 'F3', 'G6', 'G7'].forEach((name, i) => story.queue(`2025-09-0${i + 2}T09:00`, name));
    story.queue('2026-05-20T10:00', 'O1');
    const expected = ['O1', 'F1', 'G1', 'G2', 'G3', 'F2', 'G4', 'G5', 'G6', 'F3', 'G7'];
    expect(story.order('A')).toEqual(expected);
    expect(seats(story, 11)).toEqual(expected);
  });

  it('F-02: keeps the ratio across a stream of single seats', () => {
    const story = queued(new Story(), 'F1', 'F2', 'F3', 'G1', 'G2', 'G3', 'G4', 'G5');
    expect(seats(story, 2)).toEqual(['F1', 'G1']);
    expect(story.order('A')).toEqual(['G2', 'G3', 'F2', 'G4', 'G5', 'F3']);
    expect(seats(story, 6, 3)).toEqual(['G2', 'G3', 'F2', 'G4', 'G5', 'F3']);
  });

  it('F-03: gives a late first-priority child the next place owed', () => {
    const story = queued(new Story(), 'G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7');
    seats(story, 5);
    story.queue('2026-06-01T11:00', 'F1');
    expect(seats(story, 3, 61)).toEqual(['F1', 'G6', 'G7']);
  });

  it('F-04: serves one class alone when the other is exhausted', () => {
    expect(seats(queued(new Story(), 'F1', 'F2', 'F3', 'G1', 'G2'), 5)).toEqual(['F1', 'G1', 'G2', 'F2', 'F3']);
    expect(seats(queued(new Story(), 'G1', 'G2'), 3)).toEqual(['G1', 'G2', null]);
  });

  it('F-05: keeps the class of a refused seat', () => {
    const story = queued(new Story(), 'F1', 'F2', 'F3', 'G1', 'G2', 'G3', 'G4');
    expect(offersIn(story.publish(day(1), 'V1', 'V2'))).toEqual(['V1→F1', 'V2→G1']);
    story.answer(day(1), 'V2', 'G1', true);
    expect(offersIn(story.answer(day(1), 'V1', 'F1', false))).toEqual(['V1→F2']);
    expect(offersIn(story.publish(day(1), 'V3', 'V4', 'V5', 'V6'))).toEqual(['V3→G2', 'V4→G3', 'V5→F3', 'V6→G4']);
  });

  it('F-06: does not count an out-of-turn child in the ratio, and frees the slot it takes over', () => {
    const story = queued(new Story(), 'F1', 'G1');
    seats(story, 2);
    for (const name of ['F2', 'G2', 'G3', 'G4', 'O1']) story.queue('2026-06-01T11:00', name);
    expect(seats(story, 5, 61)).toEqual(['O1', 'G2', 'G3', 'F2', 'G4']);

    const variant = queued(new Story(), 'F1', 'F2', 'G1', 'G2', 'G3');
    variant.publish(day(1), 'V1', 'V2');
    variant.answer(day(1), 'V2', 'G1', true);
    variant.queue(day(1), 'O1');
    expect(offersIn(variant.answer(day(1), 'V1', 'F1', false))).toEqual(['V1→O1']);
    expect(offersIn(variant.publish(day(1), 'V3', 'V4', 'V5'))).toEqual(['V3→F2', 'V4→G2', 'V5→G3']);
  });

  it('F-07: orders by the millisecond, then by the number in the log', () => {
    const story = new Story();
    const when = '2026-06-01T10:00:00.009';
    story.queue(when, 'Ga', { submitted: '2026-06-01T10:00:00.001' });
    story.queue(when, 'Gb', { submitted: '2026-06-01T10:00:00.000' });
    story.queue(when, 'Gc', { submitted: '2026-06-01T10:00:00.002' });
    story.queue(when, 'Gd', { submitted: '2026-06-01T10:00:00.002' });
    expect(story.order('A')).toEqual(['Gb', 'Ga', 'Gc', 'Gd']);
  });

  it('F-14: pulls a sibling up when there is a seat for each', () => {
    const queue = (extra: readonly string[]): Story => {
      const story = queued(new Story(), 'G1');
      story.queue('2026-05-31T10:00', 'Sa', { family: 'P', category: 'GENERAL' });
      story.queue('2026-05-31T11:00', 'G2');
      for (const name of ['H1', 'H2', ...extra]) story.queue('2026-05-31T12:00', name, { born: '2021-05-05' });
      story.queue('2026-05-31T13:00', 'Sb', { family: 'P', category: 'GENERAL', born: '2021-05-05' });
      return story;
    };
    const seatsOf = (...ids: readonly string[]): { id: string; years: number[] }[] =>
      ids.map((id) => ({ id, years: [id.startsWith('w') ? 2021 : 2023] }));
    const all = queue([]).publish(day(1), ...seatsOf('v1', 'v2', 'w1', 'w2'));
    expect(offersIn(all)).toEqual(['v1→G1', 'v2→Sa', 'w1→Sb', 'w2→H1']);
    const together = all.flatMap((one) => (one.type === 'OfferMade' ? [one.offeredWith] : []));
    expect(together).toEqual([[], ['Sb'], ['Sa'], []]);
    // An O, or a due F, waits for the only seat: Sa is offered alone.
    expect(offersIn(queue(['O1']).publish(day(1), ...seatsOf('v1', 'v2', 'w1')))).toEqual(['v1→G1', 'v2→Sa', 'w1→O1']);
    expect(offersIn(queue(['F1']).publish(day(1), ...seatsOf('v1', 'v2', 'w1')))).toEqual(['v1→G1', 'v2→Sa', 'w1→F1']);
  });

  it('F-31: keeps one ledger for all kinds of seat of a queue', () => {
    const story = queued(new Story(), 'F1', 'F2', 'G1', 'G2', 'G3', 'G4', 'G5', 'G6');
    const given = [
      { id: 'V1' },
      { id: 'V2', years: [2022, 2023] },
      { id: 'V3', until: '2026-09-01' },
      { id: 'V4' },
      { id: 'V5' },
    ].map((seat) => story.seatTakenBy(day(1), seat));
    expect(given).toEqual(['F1', 'G1', 'G2', 'G3', 'F2']);
  });

  it('F-32: serves the queue whose family waits longest with a mixed-age seat', () => {
    const story = new Story();
    story.queue('2026-05-31', 'G2', { submitted: '2024-01-01' });
    story.queue('2026-05-31', 'G1', { submitted: '2025-01-01', born: '2022-05-05' });
    story.queue('2026-05-31', 'F1', { submitted: '2025-06-01' });
    const given = [1, 2, 3].map((n) => story.seatTakenBy(day(1), { id: `V${n}`, years: [2022, 2023] }));
    expect(given).toEqual(['F1', 'G2', 'G1']);
  });

  it('F-39: gives seats declined in any order again, each with its class', () => {
    const story = queued(new Story(), 'G1', 'G2', 'G3', 'G4');
    story.publish(day(1), 'V1', 'V2', 'V3', 'V4');
    for (const name of ['F1', 'F2', 'F3', 'F4', 'G5', 'G6', 'G7', 'G8']) story.queue(day(1), name);
    const again = [4, 3, 2, 1].flatMap((n) => offersIn(story.answer(day(1), `V${n}`, `G${n}`, false)));
    expect(again).toEqual(['V4→G5', 'V3→G6', 'V2→G7', 'V1→G8']);
    expect(offersIn(story.publish(day(1), 'V9'))).toEqual(['V9→F1']);
  });

  it('F-43: leaves no debt for seats recalled by mistake', () => {
    for (const kept of [false, true]) {
      const names = Array.from({ length: 24 }, (_, i) => `G${i + 1}`);
      const story = queued(new Story(), ...names);
      const ids = Array.from({ length: kept ? 21 : 20 }, (_, i) => `V${i + 1}`);
      story.publish(day(1), ...ids);
      for (const id of ids.slice(0, 20))
        story.write({ type: 'VacancyRecalled', atMs: Date.parse(`${day(1)}+05:00`), vacancyId: id });
      story.queue(day(1), 'F1');
      expect(offersIn(story.publish(day(2), 'W1', 'W2', 'W3', 'W4')).map((one) => one.charAt(3))).toEqual([
        'F',
        'G',
        'G',
        'G',
      ]);
    }
  });
});
