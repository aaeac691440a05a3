import type { Keyring } from '#personal-data';
import { ShepFault, type Xml, xmlVouched } from '#shep';
import type { Database, Transaction } from '#storage';
import { repeatsKeptMs } from '../limits.ts';
import type { Peer } from '../peers/peer-book.ts';
import type { Arrival, Incoming } from './incoming.ts';

/** Table `inbound_message`: what was answered to whom, so that a repeat gets the same answer and does nothing twice. */
export class InboundMessages {
  readonly #database: Database;
  readonly #keyring: Keyring;

  constructor(database: Database, keyring: Keyring) {
    this.#database = database;
    this.#keyring = keyring;
  }

  /**
   * Answers a message once: the first time by doing what it says, then from the record.
   *
   * @throws ShepFault SCE001 when the same id came with another body; whatever `answer` throws
   */
  async once(incoming: Incoming, arrival: Arrival): Promise<Xml> {
    const { peer } = arrival;
    return this.#database.transaction(async (trx) => {
      if (peer.duplicates === 'off') return incoming.answer(trx, arrival);
      const key = keyOf(incoming, peer);
      // A repeat that comes at the same moment waits here for the first one to be answered.
      const place = await trx('inbound_message')
        .insert({ ...key, digest: incoming.digest, answer_sealed: '' })
        .onConflict(['peer', 'sender_id', 'service_id', 'message_id'])
        .ignore()
        .returning('message_id');
      if (place.length === 0) return this.#recorded(trx, key, incoming);
      const answer = await incoming.answer(trx, arrival);
      const sealed = this.#keyring.seal(answer, contextOf(key));
      await trx('inbound_message').where(key).update({ answer_sealed: sealed });
      return answer;
    });
  }

  async #recorded(trx: Transaction, key: Key, incoming: Incoming): Promise<Xml> {
    const known = await trx('inbound_message').where(key).first<{ digest: string; answer_sealed: string }>();
    if (known.digest !== incoming.digest) throw new ShepFault('SCE001', 'this messageId came before with another body');
    return xmlVouched(this.#keyring.open(known.answer_sealed, contextOf(key)));
  }

  /** Forgets answers that no honest repeat asks for any more. @returns how many */
  async forgetOld(): Promise<number> {
    const { rowCount } = await this.#database.raw<{ rowCount: number }>(
      'delete from inbound_message where received_at < clock_timestamp() - make_interval(secs => ?)',
      [repeatsKeptMs / 1000],
    );
    return rowCount;
  }
}

interface Key {
  readonly peer: string;
  readonly sender_id: string;
  readonly service_id: string;
  readonly message_id: string;
}

function keyOf({ senderId, serviceId, messageId }: Incoming, { name }: Peer): Key {
  return { peer: name, sender_id: senderId, service_id: serviceId, message_id: messageId };
}

function contextOf(key: Key): string {
  return `inbound_message/answer/${JSON.stringify([key.peer, key.sender_id, key.service_id, key.message_id])}`;
}
