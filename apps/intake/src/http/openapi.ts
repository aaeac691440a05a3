import { z } from 'zod';
import { offerAnswerForm } from '../answer-offer/answer-offer.postgres.ts';
import { bulletinForm } from '../publish-bulletin/bulletin-form.ts';
import { applicationForm } from '../submit-application/application-form.ts';
import { benefitChoiceForm, operatorDecisionForm } from '../verify-application/choose-category.ts';

const schemaOf = (form: z.ZodType): object => {
  const { $schema: _, ...schema } = z.toJSONSchema(form, { io: 'input', unrepresentable: 'any' });
  return schema;
};
const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', description: 'urn:kezek:problem:<kind>' },
    title: { type: 'string', description: 'In the language of Accept-Language: kk, ru or en' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};
const refused = (description: string): object => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'A new random value for each request; the same value repeats it safely for 24 hours',
  schema: { type: 'string', minLength: 8, maxLength: 128 },
};
const number = { name: 'number', in: 'path', required: true, schema: { type: 'string', examples: ['26-7F3K-9QXM'] } };

type Post = { summary: string; form: z.ZodType; parameters?: object[]; repeatable?: boolean };

const post = ({ summary, form, parameters = [], repeatable = false }: Post): object => ({
  post: {
    summary,
    parameters: repeatable ? [...parameters, idempotencyKey] : parameters,
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(form) } } },
    responses: {
      202: { description: 'Taken down; what follows is told by message and by GET' },
      400: refused('A field is missing or malformed; nothing was stored'),
      404: refused('There is no such thing'),
      409: refused('It contradicts the present state'),
      422: refused('It was understood, but the Rules or an earlier request stand against it'),
      503: refused('Try again later; nothing was stored'),
    },
  },
});
const get = (summary: string, parameters: object[]): object => ({
  get: { summary, parameters, responses: { 200: { description: 'Found' }, 404: refused('There is no such thing') } },
});

/** The OpenAPI description of intake; its schemas are the forms that check the requests. */
export function openApiDocument(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kezek intake',
      version: '1',
      description: 'Applications, bulletins and answers of the preschool queue (order No. 254).',
    },
    paths: {
      '/v1/applications': post({
        summary: 'Apply for one to four preschools (p.5, p.15)',
        form: applicationForm,
        repeatable: true,
      }),
      '/v1/applications/{number}': get(
        'Where an application stands: state, entries with queue numbers, offers, referrals',
        [number],
      ),
      '/v1/applications/{number}/explanation': get(
        'Why each entry stands where it stands: how many of each class are ahead, what it waits for, by which paragraph',
        [number],
      ),
      '/v1/queues/{preschoolId}': get(
        'How many wait in each queue of a preschool; queues of fewer than five are not told',
        [{ name: 'preschoolId', in: 'path', required: true, schema: { type: 'string' } }],
      ),
      '/v1/applications/{number}/timeline': get('What happened to an application, in order', [number]),
      '/v1/applications/{number}/benefit-choice': post({
        summary: 'Go on as general, or not, when the benefit is not confirmed',
        form: benefitChoiceForm,
        parameters: [number],
      }),
      '/v1/applications/{number}/operator-decision': post({
        summary: 'The department decides what a state system could not (p.6)',
        form: operatorDecisionForm,
        parameters: [number],
      }),
      '/v1/bulletins': post({
        summary: 'Publish a bulletin of vacancies (p.17)',
        form: bulletinForm,
        repeatable: true,
      }),
      '/v1/offers/{vacancyId}/answer': post({
        summary: 'Accept or decline an offer (p.15)',
        form: offerAnswerForm,
        parameters: [{ name: 'vacancyId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
        repeatable: true,
      }),
    },
    components: { schemas: { Problem: problem } },
  };
}
