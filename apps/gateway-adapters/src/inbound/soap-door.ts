import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { soapContentType, type SoapReply } from '#shep';
import { messageArrivalMs, messageBytesMax } from '../limits.ts';

/** One address that other systems call. */
export interface SoapAddress {
  readonly path: string;
  readonly wsdl: (address: string) => string;
  readonly answer: (bytes: Uint8Array, receivedAtMs: number) => Promise<SoapReply>;
  /** What a call that never became a message is told. */
  readonly refuse: (why: string) => string;
}

export interface SoapDoorOptions {
  readonly nowMs: () => number;
  readonly conformanceToken: string | undefined;
  /** How long one message may take to arrive, ms; the server looks at it every `connectionsCheckingInterval`. */
  readonly arrivalMs?: number;
}

/** Served so that a test kit can see that whoever points it here may do so. */
export const conformancePath = '/shep/conformance-token';

/**
 * Opens addresses for SOAP on the app's server: bodies of any declared type up to the limit are taken as bytes, `?wsdl` is
 * answered, and what goes wrong before a message is there is a fault like any other.
 */
export function openSoapDoor(
  app: NestFastifyApplication,
  addresses: readonly SoapAddress[],
  { nowMs, conformanceToken, arrivalMs = messageArrivalMs }: SoapDoorOptions,
): void {
  const server = app.getHttpAdapter().getInstance();
  server.server.requestTimeout = arrivalMs;
  server.server.headersTimeout = arrivalMs;
  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: messageBytesMax }, (_request, body, parsed) =>
      parsed(null, body),
    );
    for (const { path, wsdl, answer, refuse } of addresses) {
      scope.get(path, (request, reply) => {
        if (!('wsdl' in (request.query as object))) return reply.code(405).header('allow', 'POST').send();
        return reply.type('text/xml; charset=utf-8').send(wsdl(`${request.protocol}://${request.host}${path}`));
      });
      scope.post(path, {
        async handler(request, reply) {
          const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
          const { httpStatus, body } = await answer(bytes, nowMs());
          return reply.code(httpStatus).header('content-type', soapContentType).send(body);
        },
        errorHandler(error, _request, reply) {
          const tooLarge = (error as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE';
          const why = tooLarge ? `more than ${messageBytesMax} bytes` : 'the message did not arrive whole';
          void reply.code(500).header('content-type', soapContentType).send(refuse(why));
        },
      });
    }
    if (conformanceToken !== undefined) {
      scope.get(conformancePath, (_request, reply) => reply.type('text/plain').send(conformanceToken));
    }
    done();
  });
}
