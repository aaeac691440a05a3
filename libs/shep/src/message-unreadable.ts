/**
 * What came by wire is not a message of this protocol. A server answers it with SCE001; a client treats it as
 * no answer at all, because a proxy's error page is not the other side's word.
 */
export class MessageUnreadable extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'MessageUnreadable';
  }
}
