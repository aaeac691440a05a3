"""Calls the gateway with zeep, a stock SOAP client, by nothing but its WSDLs; prints what came back as JSON."""
import datetime
import json
import sys

from zeep import Client, xsd
from zeep.exceptions import Fault
from zeep.helpers import serialize_object

base, password, application = sys.argv[1], sys.argv[2], sys.argv[3]
sent = []


class Keeper:
    """Keeps what zeep put on the wire."""

    def egress(self, envelope, http_headers, operation, binding_options):
        from lxml import etree

        sent.append(etree.tostring(envelope).decode())
        return envelope, http_headers

    def ingress(self, envelope, http_headers, operation):
        return envelope, http_headers


def text(value):
    return xsd.AnyObject(xsd.String(), value)


def info(message_id, service):
    return {
        "messageId": message_id,
        "serviceId": service,
        "messageDate": datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=5))),
        "sender": {"senderId": "city", "password": password},
    }


def called(operation, **arguments):
    try:
        return serialize_object(operation(**arguments), dict)
    except Fault as fault:
        code = fault.detail.find(".//errorCode") if fault.detail is not None else None
        return {"fault": code.text if code is not None else str(fault.message)}


sync = Client(f"{base}/shep/sync?wsdl", plugins=[Keeper()]).service
push = Client(f"{base}/shep/async?wsdl", plugins=[Keeper()]).service
now = datetime.datetime.now(datetime.timezone.utc)
results = {
    "echo": called(
        sync.SendMessage,
        request={"requestInfo": info("zeep-1", "KEZEK_ECHO"), "requestData": {"data": text("<r/>")}},
    ),
    "empty": called(
        sync.SendMessage, request={"requestInfo": info("zeep-2", "KEZEK_ECHO"), "requestData": {"data": None}}
    ),
    "application": called(
        sync.SendMessage,
        request={"requestInfo": info("zeep-3", "KEZEK_PORTAL_REQUEST"), "requestData": {"data": text(application)}},
    ),
    "unknown": called(
        sync.SendMessage, request={"requestInfo": info("zeep-4", "NO_SUCH"), "requestData": {"data": text("<r/>")}}
    ),
    "push": called(
        push.sendMessage,
        request={
            "messageInfo": {
                "messageId": "900000001",
                "correlationId": "9000001",
                "serviceId": "PRESCHOOL_QUEUE",
                "messageType": "REQUEST",
                "messageDate": now,
                "sender": {"senderId": "city", "password": password},
            },
            "messageData": {"data": text(application)},
        },
    ),
}
json.dump({"results": results, "sent": sent}, sys.stdout, default=str)
