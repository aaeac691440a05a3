import { syncTypesNamespace } from '../sync-channel.ts';
import { commonNamespace, flattenedWsdl, wsdlOperation } from './common-types.ts';

const requestNamespace = `${syncTypesNamespace}/Request`;
const responseNamespace = `${syncTypesNamespace}/Response`;

const schemas = `
    <xs:schema targetNamespace="${requestNamespace}" xmlns:t="${syncTypesNamespace}">
      <xs:import namespace="${syncTypesNamespace}"/>
      <xs:complexType name="SyncSendMessageRequest">
        <xs:sequence>
          <xs:element name="requestInfo" type="t:SyncMessageInfo"/>
          <xs:element name="requestData" type="q:RequestData" xmlns:q="${requestNamespace}"/>
        </xs:sequence>
      </xs:complexType>
      <xs:complexType name="RequestData">
        <xs:sequence><xs:element name="data" type="xs:anyType" minOccurs="0"/></xs:sequence>
      </xs:complexType>
    </xs:schema>
    <xs:schema targetNamespace="${responseNamespace}" xmlns:t="${syncTypesNamespace}">
      <xs:import namespace="${syncTypesNamespace}"/>
      <xs:complexType name="SyncSendMessageResponse">
        <xs:sequence>
          <xs:element name="responseInfo" type="t:SyncMessageInfoResponse"/>
          <xs:element name="responseData" type="q:ResponseData" xmlns:q="${responseNamespace}"/>
        </xs:sequence>
      </xs:complexType>
      <xs:complexType name="ResponseData">
        <xs:sequence><xs:element name="data" type="xs:anyType" minOccurs="0"/></xs:sequence>
      </xs:complexType>
    </xs:schema>
    <xs:schema targetNamespace="${syncTypesNamespace}" xmlns:request="${requestNamespace}" xmlns:response="${responseNamespace}">
      <xs:import namespace="${commonNamespace}"/>
      <xs:import namespace="${requestNamespace}"/>
      <xs:import namespace="${responseNamespace}"/>
      <xs:complexType name="SyncMessageInfo">
        <xs:sequence>
          <xs:element name="messageId" type="xs:string"/>
          <xs:element name="correlationId" type="xs:string" minOccurs="0"/>
          <xs:element name="serviceId" type="xs:string"/>
          <xs:element name="messageDate" type="xs:dateTime"/>
          <xs:element name="routeId" type="xs:string" minOccurs="0"/>
          <xs:element name="sender" type="common:SenderInfo"/>
          <xs:element name="properties" type="common:Property" minOccurs="0" maxOccurs="unbounded"/>
          <xs:element name="sessionId" type="common:guid" minOccurs="0"/>
        </xs:sequence>
      </xs:complexType>
      <xs:complexType name="SyncMessageInfoResponse">
        <xs:sequence>
          <xs:element name="messageId" type="xs:string"/>
          <xs:element name="correlationId" type="xs:string" minOccurs="0"/>
          <xs:element name="responseDate" type="xs:dateTime"/>
          <xs:element name="status" type="common:StatusInfo"/>
          <xs:element name="sessionId" type="common:guid" minOccurs="0"/>
        </xs:sequence>
      </xs:complexType>
      <xs:element name="SendMessage">
        <xs:complexType><xs:sequence>
          <xs:element name="request" type="request:SyncSendMessageRequest" nillable="true"/>
        </xs:sequence></xs:complexType>
      </xs:element>
      <xs:element name="SendMessageResponse">
        <xs:complexType><xs:sequence>
          <xs:element name="response" type="response:SyncSendMessageResponse" nillable="true"/>
        </xs:sequence></xs:complexType>
      </xs:element>
      <xs:element name="SendMessageFault1_SendMessageFault" type="common:ErrorInfo" nillable="true"/>
    </xs:schema>`;

/** The WSDL of SyncChannel for one address, in one piece. Service and port have their public names. */
export function syncChannelWsdl(address: string): string {
  return flattenedWsdl({
    targetNamespace: 'http://bip.bee.kz/SyncChannel/v10/Interfaces',
    namespaces: `xmlns:t="${syncTypesNamespace}"`,
    schemas,
    operations: [wsdlOperation('SendMessage', 't')],
    portType: 'ISyncChannel',
    binding: 'SyncChannelHttpBinding',
    service: 'ISyncChannelHttpService',
    port: 'SyncChannelHttpPort',
    address,
  });
}
