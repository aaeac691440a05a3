import { wrapped } from '../channel-fields.ts';
import type { XmlElement } from '../xml-reader.ts';
import { type Xml, xmlElement } from '../xml-writer.ts';

export const asyncTypes = 'http://bip.bee.kz/AsyncChannel/v10/Types';
export const asyncClientTypes = 'http://bip.bee.kz/AsyncChannel/v10/Types/Client';

/** One operation of AsyncChannel, both directions of both its messages. What is written may be richer than what is read. */
export interface AsyncOperation<Request, RequestToWrite, Response, ResponseToWrite> {
  readonly name: string;
  readonly namespace: string;
  readonly writeRequest: (request: RequestToWrite) => Xml;
  /** Reads the one element of a Body. @throws MessageUnreadable */
  readonly readRequest: (operation: XmlElement) => Request;
  readonly writeResponse: (response: ResponseToWrite) => Xml;
  /** Reads the one element of a Body that is no fault. @throws MessageUnreadable */
  readonly readResponse: (operation: XmlElement) => Response;
}

interface OperationFields<Request, RequestToWrite, Response, ResponseToWrite> {
  readonly namespace?: string;
  readonly requestFields: (request: RequestToWrite) => readonly (Xml | undefined)[];
  readonly request: (element: XmlElement) => Request;
  readonly responseFields: (response: ResponseToWrite) => readonly (Xml | undefined)[];
  readonly response: (element: XmlElement) => Response;
}

/** Puts `request` and `response` into their wrappers; children stay unqualified. */
export function asyncOperation<Request, RequestToWrite, Response, ResponseToWrite>(
  name: string,
  fields: OperationFields<Request, RequestToWrite, Response, ResponseToWrite>,
): AsyncOperation<Request, RequestToWrite, Response, ResponseToWrite> {
  const namespace = fields.namespace ?? asyncTypes;
  const wrap = (wrapper: string, part: string, content: readonly (Xml | undefined)[]): Xml =>
    xmlElement(`t:${wrapper}`, { 'xmlns:t': namespace }, xmlElement(part, {}, ...content));
  return {
    name,
    namespace,
    writeRequest: (request) => wrap(name, 'request', fields.requestFields(request)),
    readRequest: (operation) => fields.request(wrapped(operation, 'request')),
    writeResponse: (response) => wrap(`${name}Response`, 'response', fields.responseFields(response)),
    readResponse: (operation) => fields.response(wrapped(operation, 'response')),
  };
}
