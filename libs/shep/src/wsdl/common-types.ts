export const commonNamespace = 'http://bip.bee.kz/common/v10/Types';

/** Types that both channels use. Written from the public tables of names, order and cardinality; nothing is qualified. */
export const commonSchema = `
    <xs:schema targetNamespace="${commonNamespace}" xmlns:tns="${commonNamespace}">
      <xs:simpleType name="guid">
        <xs:restriction base="xs:string">
          <xs:pattern value="\\{[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\\}"/>
        </xs:restriction>
      </xs:simpleType>
      <xs:simpleType name="string30"><xs:restriction base="xs:string"><xs:maxLength value="30"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="string250"><xs:restriction base="xs:string"><xs:maxLength value="250"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="string500"><xs:restriction base="xs:string"><xs:maxLength value="500"/></xs:restriction></xs:simpleType>
      <xs:complexType name="SenderInfo">
        <xs:sequence>
          <xs:element name="senderId" type="xs:string"/>
          <xs:element name="password" type="xs:string" minOccurs="0"/>
        </xs:sequence>
      </xs:complexType>
      <xs:complexType name="Property">
        <xs:sequence>
          <xs:element name="key" type="tns:string30"/>
          <xs:element name="value" type="tns:string500"/>
        </xs:sequence>
      </xs:complexType>
      <xs:complexType name="StatusInfo">
        <xs:sequence>
          <xs:element name="code" type="xs:string"/>
          <xs:element name="message" type="tns:string250"/>
        </xs:sequence>
      </xs:complexType>
      <xs:complexType name="ErrorInfo">
        <xs:sequence>
          <xs:element name="errorCode" type="xs:string"/>
          <xs:element name="errorMessage" type="xs:string"/>
          <xs:element name="errorData" type="xs:string" minOccurs="0"/>
          <xs:element name="errorDate" type="xs:dateTime"/>
          <xs:element name="subError" type="tns:ErrorInfo" minOccurs="0"/>
          <xs:element name="sessionId" type="tns:guid" minOccurs="0"/>
        </xs:sequence>
      </xs:complexType>
    </xs:schema>`;

/** One operation of a WSDL in its three places. */
export interface WsdlOperation {
  readonly messages: string;
  readonly portType: string;
  readonly binding: string;
}

/**
 * An operation that is document/literal wrapped with an empty soapAction.
 *
 * @param prefix of the namespace of its request and response wrappers
 * @param faultPrefix of the namespace of its fault
 */
export function wsdlOperation(name: string, prefix: string, faultPrefix = prefix): WsdlOperation {
  const fault = `${name.charAt(0).toLowerCase()}${name.slice(1)}Fault`;
  const faultElement = `${faultPrefix}:${name}Fault1_${name}Fault`;
  return {
    messages: `
  <wsdl:message name="${name}RequestMsg"><wsdl:part name="${name}Parameters" element="${prefix}:${name}"/></wsdl:message>
  <wsdl:message name="${name}ResponseMsg"><wsdl:part name="${name}Result" element="${prefix}:${name}Response"/></wsdl:message>
  <wsdl:message name="${name}_${fault}Msg"><wsdl:part name="${fault}" element="${faultElement}"/></wsdl:message>`,
    portType: `
    <wsdl:operation name="${name}">
      <wsdl:input message="tns:${name}RequestMsg"/>
      <wsdl:output message="tns:${name}ResponseMsg"/>
      <wsdl:fault name="${fault}" message="tns:${name}_${fault}Msg"/>
    </wsdl:operation>`,
    binding: `
    <wsdl:operation name="${name}">
      <soap:operation soapAction="" style="document"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
      <wsdl:fault name="${fault}"><soap:fault name="${fault}" use="literal"/></wsdl:fault>
    </wsdl:operation>`,
  };
}

export interface WsdlParts {
  readonly targetNamespace: string;
  /** Further namespace declarations, `xmlns:p="…"`. */
  readonly namespaces: string;
  readonly schemas: string;
  readonly operations: readonly WsdlOperation[];
  readonly portType: string;
  readonly binding: string;
  readonly service: string;
  readonly port: string;
  readonly address: string;
}

/** One WSDL with everything in it: no import that a client would have to fetch. */
export function flattenedWsdl(parts: WsdlParts): string {
  const all = (place: 'messages' | 'portType' | 'binding'): string => parts.operations.map((op) => op[place]).join('');
  const address = parts.address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions targetNamespace="${parts.targetNamespace}" xmlns:tns="${parts.targetNamespace}"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:common="${commonNamespace}" ${parts.namespaces}>
  <wsdl:types>${commonSchema}${parts.schemas}
  </wsdl:types>${all('messages')}
  <wsdl:portType name="${parts.portType}">${all('portType')}
  </wsdl:portType>
  <wsdl:binding name="${parts.binding}" type="tns:${parts.portType}">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>${all('binding')}
  </wsdl:binding>
  <wsdl:service name="${parts.service}">
    <wsdl:port name="${parts.port}" binding="tns:${parts.binding}"><soap:address location="${address}"/></wsdl:port>
  </wsdl:service>
</wsdl:definitions>
`;
}
