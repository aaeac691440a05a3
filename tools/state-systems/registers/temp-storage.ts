import { randomUUID } from 'node:crypto';
import { childOf, textOf, type Xml, xmlElement, xmlLeaf } from '#shep';
import { fieldsOf, needed, processed, type Register } from './register.ts';

const namespace = 'http://egov.bee.kz/eds/tempstorage/v2/';

/** The temp storage for files: keeps what is uploaded until it is confirmed. */
export function tempFiles(): Register {
  const files = new Map<string, string>();
  return (asked) => {
    const fields = fieldsOf(asked, 'tempStorageRequest');
    const type = needed(fields, 'type');
    const document = xmlElement(
      't:tempStorageResponse',
      { 'xmlns:t': namespace },
      xmlLeaf('t:type', type),
      answerTo(type),
    );
    return { status: processed, payload: { form: 'text', document } };

    function answerTo(wanted: string): Xml {
      if (wanted === 'UPLOAD') {
        const file = childOf(childOf(fields, 'uploadRequest'), 'fileUploadRequests') ?? fields;
        const id = `00000000-0001-${randomUUID().slice(14)}`;
        files.set(id, needed(file, 'content'));
        const result = [
          xmlLeaf('t:fileProcessIdentifier', needed(file, 'fileProcessIdentifier')),
          status(true),
          xmlLeaf('t:fileIdentifier', id),
        ];
        return xmlElement('t:uploadResponse', {}, xmlElement('t:uploadFileResults', {}, ...result), status(true));
      }
      const confirm = wanted === 'CONFIRM';
      const id = textOf(childOf(fields, confirm ? 'confirmRequest' : 'downloadRequest'), 'fileIdentifiers') ?? '';
      const content = files.get(id);
      const known = content !== undefined;
      if (confirm) files.delete(id);
      const [part, result] = confirm
        ? ['confirmResponse', 'fileConfirmResults']
        : ['downloadResponse', 'fileDownloadResults'];
      const found = [
        status(known),
        xmlLeaf('t:fileIdentifier', id),
        confirm ? undefined : xmlLeaf('t:content', content),
      ];
      return xmlElement(`t:${part}`, {}, xmlElement(`t:${result}`, {}, ...found), status(known));
    }
  };
}

function status(well: boolean): Xml {
  return xmlElement(
    't:status',
    {},
    xmlLeaf('t:code', well ? '0' : '404'),
    xmlLeaf('t:status', well ? 'SUCCESS' : 'ERROR'),
  );
}
