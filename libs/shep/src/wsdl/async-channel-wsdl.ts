import { asyncClientTypes, asyncTypes } from '../async/async-operation.ts';
import { commonNamespace, flattenedWsdl, wsdlOperation } from './common-types.ts';

const messageTypesNamespace = 'http://bip.bee.kz/AsyncChannel/v10/ITypes';

const element = (name: string, type: string, occurs = ''): string =>
  `<xs:element name="${name}" type="${type}"${occurs}/>`;
const optional = ' minOccurs="0"';
const many = ' minOccurs="0" maxOccurs="unbounded"';
const type = (name: string, ...elements: readonly string[]): string =>
  `
      <xs:complexType name="${name}"><xs:sequence>${elements.join('')}</xs:sequence></xs:complexType>`;
const words = (name: string, ...values: readonly string[]): string =>
  `
      <xs:simpleType name="${name}"><xs:restriction base="xs:string">${values
        .map((value) => `<xs:enumeration value="${value}"/>`)
        .join('')}</xs:restriction></xs:simpleType>`;

const messageTypes = `
    <xs:schema targetNamespace="${messageTypesNamespace}" xmlns:i="${messageTypesNamespace}">
      <xs:import namespace="${commonNamespace}"/>${words('MessageType', 'REQUEST', 'NOTIFICATION', 'UPDATE', 'RESPONSE')}${words(
        'MessageState',
        'ON_DELIVERY',
        'DELIVERED',
        'NOT_DELIVERED',
        'DELIVERY_STOPPED',
      )}${words('ReceiveStatus', 'MESSAGE_ACCEPTED', 'MESSAGE_NOT_ACCTEPTED')}${words(
        'ResendMessage',
        'RESEND',
        'NOT_RESEND',
      )}${type(
        'AsyncMessageInfo',
        element('messageId', 'xs:string', optional),
        element('correlationId', 'xs:string', optional),
        element('serviceId', 'xs:string'),
        element('messageType', 'i:MessageType'),
        element('routeId', 'xs:string', optional),
        element('messageDate', 'xs:dateTime'),
        element('sender', 'common:SenderInfo'),
        element('properties', 'common:Property', many),
        element('sessionId', 'common:guid', optional),
      )}${type('MessageData', element('data', 'xs:anyType'))}${type(
        'AsyncSendMessageRequest',
        element('messageInfo', 'i:AsyncMessageInfo'),
        element('messageData', 'i:MessageData'),
      )}${type(
        'AsyncSendMessageResponse',
        element('messageId', 'xs:string'),
        element('correlationId', 'xs:string'),
        element('responseDate', 'xs:dateTime'),
        element('sessionId', 'common:guid', optional),
      )}${type(
        'MessageStatusInfo',
        element('statusCode', 'xs:string'),
        element('statusMessage', 'xs:string'),
        element('statusDate', 'xs:dateTime'),
      )}${type(
        'DeliveryStatus',
        element('receiveStatus', 'i:ReceiveStatus'),
        element('statusDate', 'xs:dateTime'),
        element('resendMessage', 'i:ResendMessage'),
        element('error', 'common:ErrorInfo', optional),
      )}${type(
        'DeliveryNotification',
        element('messageId', 'xs:string'),
        element('serviceId', 'xs:string'),
        element('notificationDate', 'xs:dateTime'),
        element('deliveryStatus', 'i:DeliveryStatus'),
      )}${type(
        'AsyncDeliveryNotificationRequest',
        element('notification', 'i:DeliveryNotification'),
        element('requestDate', 'xs:dateTime'),
        element('sender', 'common:SenderInfo', optional),
      )}${type(
        'AsyncDeliveryNotificationResponse',
        element('notificationId', 'xs:string'),
        element('responseDate', 'xs:dateTime'),
        element('sessionId', 'common:guid'),
      )}${type(
        'AsyncMessageStatusRequest',
        element('messageId', 'xs:string'),
        element('requestDate', 'xs:dateTime'),
        element('sender', 'common:SenderInfo'),
        element('properties', 'common:Property', many),
      )}${type(
        'AsyncMessageStatusResponse',
        element('messageState', 'i:MessageState'),
        element('status', 'i:MessageStatusInfo'),
        element('responseDate', 'xs:dateTime'),
        element('sessionId', 'xs:string', optional),
      )}${type(
        'AsyncGetMessagesRequest',
        element('messageId', 'xs:string', optional),
        element('correlationId', 'xs:string', optional),
        element('requestDate', 'xs:dateTime', optional),
        element('serviceId', 'xs:string'),
        element('sender', 'common:SenderInfo', optional),
        element('amount', 'xs:int', optional),
        element('properties', 'common:Property', many),
      )}${type(
        'AsyncGetMessagesResponse',
        element('responseDate', 'xs:dateTime'),
        element('sessionId', 'common:guid'),
        element('messages', 'i:AsyncSendMessageRequest', many),
      )}${type(
        'StatusNotification',
        element('notificationId', 'xs:string'),
        element('messageId', 'xs:string'),
        element('notificationDate', 'xs:dateTime'),
        element('messageState', 'i:MessageState'),
        element('status', 'i:MessageStatusInfo'),
        element('error', 'common:ErrorInfo', optional),
      )}${type(
        'AsyncChangeStatusNotifyRequest',
        element('notification', 'i:StatusNotification'),
        element('requestDate', 'xs:dateTime'),
        element('sessionId', 'common:guid', optional),
      )}${type(
        'AsyncChangeStatusNotifyResponse',
        element('responseDate', 'xs:dateTime'),
        element('sessionId', 'common:guid'),
      )}
    </xs:schema>`;

/** The wrappers of an operation: `request`, `response` and the fault. */
const wrappers = (name: string, base: string): string => `
      <xs:element name="${name}"><xs:complexType><xs:sequence><xs:element name="request" type="i:${base}Request" nillable="true"/></xs:sequence></xs:complexType></xs:element>
      <xs:element name="${name}Response"><xs:complexType><xs:sequence><xs:element name="response" type="i:${base}Response" nillable="true"/></xs:sequence></xs:complexType></xs:element>`;
const fault = (name: string): string => `
      <xs:element name="${name}Fault1_${name}Fault" type="common:ErrorInfo" nillable="true"/>`;
const schema = (namespace: string, ...content: readonly string[]): string => `
    <xs:schema targetNamespace="${namespace}" xmlns:i="${messageTypesNamespace}">
      <xs:import namespace="${commonNamespace}"/>
      <xs:import namespace="${messageTypesNamespace}"/>${content.join('')}
    </xs:schema>`;

const sendMessage = wrappers('sendMessage', 'AsyncSendMessage') + fault('sendMessage');

/** The WSDL of the gateway's side: what a client of AsyncChannel calls. */
export function asyncChannelWsdl(address: string): string {
  const operations = ['sendMessage', 'sendDeliveryNotification', 'getMessageStatus', 'getMessages'];
  const wrapped = schema(
    asyncTypes,
    sendMessage,
    wrappers('sendDeliveryNotification', 'AsyncDeliveryNotification'),
    wrappers('getMessageStatus', 'AsyncMessageStatus'),
    wrappers('getMessages', 'AsyncGetMessages'),
    ...operations.slice(1).map(fault),
  );
  return flattenedWsdl({
    targetNamespace: 'http://bip.bee.kz/AsyncChannel/v10/Interfaces',
    namespaces: `xmlns:t="${asyncTypes}"`,
    schemas: messageTypes + wrapped,
    operations: operations.map((name) => wsdlOperation(name, 't')),
    portType: 'IAsyncChannel',
    binding: 'AsyncChannelHttpBinding',
    service: 'AsyncChannelHttpService',
    port: 'AsyncChannelHttpPort',
    address,
  });
}

/** The WSDL of the receiver's side: what the gateway pushes to. */
export function asyncChannelClientWsdl(address: string): string {
  const changed = 'changeMassageStatusNotification';
  return flattenedWsdl({
    targetNamespace: 'http://bip.bee.kz/AsyncChannel/v10/Interfaces/Client',
    namespaces: `xmlns:t="${asyncTypes}" xmlns:c="${asyncClientTypes}"`,
    schemas:
      messageTypes +
      schema(asyncTypes, sendMessage) +
      schema(asyncClientTypes, wrappers(changed, 'AsyncChangeStatusNotify'), fault(changed)),
    operations: [wsdlOperation('sendMessage', 't'), wsdlOperation(changed, 'c')],
    portType: 'IAsyncChannelClient',
    binding: 'AsyncChannelClientHttpBinding',
    service: 'AsyncChannelClientHttpService',
    port: 'AsyncChannelClientHttpPort',
    address,
  });
}
