import { ZodError } from 'zod';
import type { AsyncService } from './async-service.ts';
import { pushRequests, pushState, waitingRequests } from './portal.ts';
import type { StateSystems } from './systems.ts';
import type { Wire } from './wire.ts';

export interface ControlAnswer {
  readonly httpStatus: number;
  readonly json: unknown;
}

export interface ControlledParts {
  readonly systems: StateSystems;
  readonly wire: Wire;
  readonly async: AsyncService;
}

/**
 * What a test or the demo tells the simulator, in JSON:
 * POST /control/people `{ persons }` · POST /control/faults `[{ service, kind, times?, share?, delayMs?, code? }]` ·
 * DELETE /control/faults · GET /control/received · POST /control/reset ·
 * POST /control/portal `{ hubUrl, requests: [{ requestNumber, application | answer }], times?, reversed? }` ·
 * POST /control/portal/states `{ hubUrl, messageId, messageState }` ·
 * POST /control/portal/waiting `{ requests: [{ requestNumber, application | answer }] }` · GET /control/portal/waiting.
 */
export async function answerControl(
  { systems, wire, async }: ControlledParts,
  method: string,
  path: string,
  body: Buffer,
): Promise<ControlAnswer> {
  const { country, faults, received } = systems;
  try {
    switch (`${method} ${path}`) {
      case 'POST /control/people':
        return ok({ added: country.add(JSON.parse(body.toString('utf8'))) });
      case 'POST /control/faults':
        faults.add(JSON.parse(body.toString('utf8')));
        return ok({ faults: faults.list() });
      case 'GET /control/faults':
        return ok({ faults: faults.list() });
      case 'DELETE /control/faults':
        faults.clear();
        return ok({ faults: [] });
      case 'GET /control/received':
        return ok({
          calls: received.calls,
          cabinet: [...received.cabinet.values()],
          monitoring: [...received.monitoring.values()],
          portal: [...received.portal.values()],
        });
      case 'POST /control/portal':
        return ok({ outcomes: await pushRequests(JSON.parse(body.toString('utf8')), wire) });
      case 'POST /control/portal/waiting': {
        const messages = waitingRequests(JSON.parse(body.toString('utf8')));
        messages.forEach((message) => async.leave(message));
        return ok({ messageIds: messages.map(({ messageId }) => messageId) });
      }
      case 'GET /control/portal/waiting':
        return ok({ waiting: async.waiting() });
      case 'POST /control/portal/states':
        return ok({ outcome: await pushState(JSON.parse(body.toString('utf8')), wire) });
      case 'POST /control/reset':
        country.clear();
        faults.clear();
        received.clear();
        return ok({});
      default:
        return { httpStatus: 404, json: { error: 'not found' } };
    }
  } catch (error) {
    if (error instanceof ZodError) return { httpStatus: 400, json: { error: 'malformed', issues: error.issues } };
    if (error instanceof SyntaxError) return { httpStatus: 400, json: { error: 'not JSON' } };
    throw error;
  }
}

function ok(json: unknown): ControlAnswer {
  return { httpStatus: 200, json };
}
