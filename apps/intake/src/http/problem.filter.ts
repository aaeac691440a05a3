import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Logger } from '#runtime';
import { Problem, problemDocument } from './problem.ts';
import type { ProblemKind } from './problem-kinds.ts';
import { languageOf } from './problem-texts.ts';

type Request = { readonly url: string; readonly headers: Record<string, string | undefined> };
type Reply = { code(status: number): Reply; type(mediaType: string): Reply; send(body: unknown): unknown };

const kindOfStatus: Record<number, ProblemKind> = {
  400: 'malformed-body',
  404: 'not-found',
  413: 'too-large',
  415: 'media-type',
};
// SQLSTATE classes that mean Postgres is away or going down, and Node's words for a connection that failed.
const awayCodes = /^(08|57P0|53)|^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT)$/;

/** Turns whatever a handler throws into a problem document; what nobody foresaw is logged and told as a bug. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const reply = host.switchToHttp().getResponse<Reply>();
    const problem = this.#problemOf(error, request.url);
    const document = problemDocument(problem, request.url, languageOf(request.headers['accept-language']));
    reply.code(document.status).type('application/problem+json; charset=utf-8').send(document);
  }

  #problemOf(error: unknown, url: string): Problem {
    if (error instanceof Problem) return error;
    const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
    const kind = status === undefined ? undefined : kindOfStatus[status];
    if (kind) return new Problem(kind, (error as Error).message);
    if (isAway(error)) {
      this.#logger.warn({ event: 'store-unavailable', url, err: error });
      return new Problem('unavailable', 'The database does not answer; nothing was stored.');
    }
    this.#logger.error({ event: 'request-failed', url, err: error });
    return new Problem('bug', 'This is our mistake; it is recorded. Nothing was stored.');
  }
}

function isAway(error: unknown): boolean {
  const { code, name, message } = error as { code?: string; name?: string; message?: string };
  return awayCodes.test(code ?? '') || name === 'KnexTimeoutError' || /Connection terminated/.test(message ?? '');
}
