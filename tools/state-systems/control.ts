import { ZodError } from 'zod';
import type { StateSystems } from './systems.ts';

export interface ControlAnswer {
  readonly httpStatus: number;
  readonly json: unknown;
}

/**
 * What a test or the demo tells the simulator, in JSON:
 * POST /control/people `{ persons }` · POST /control/faults `[{ service, kind, times?, share?, delayMs?, code? }]` ·
 * DELETE /control/faults · GET /control/received · POST /control/reset.
 */
export function answerControl(systems: StateSystems, method: string, path: string, body: Buffer): ControlAnswer {
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
        });
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
