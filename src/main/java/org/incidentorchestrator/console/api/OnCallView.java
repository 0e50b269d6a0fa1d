package org.incidentorchestrator.console.api;

import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.notify.oncall.Contact;
import org.incidentorchestrator.notify.oncall.Contact.Address;
import org.incidentorchestrator.notify.oncall.Duty;
import org.incidentorchestrator.notify.oncall.OnCall;

/**
 * Who is on call at a time.
 *
 * @param source the file that says so, or {@code built in}
 * @param warning what is wrong with it, with its remedy; left out when nothing is
 */
record OnCallView(Instant at, String source, String warning, List<GroupView> groups) {

    /**
     * @param group {@code l1} to {@code l4}, {@code approver}
     * @param onCall all of whom are told; empty: nobody outside of Tasklist
     * @param until when somebody else is; left out when nobody takes over
     * @param next who is told from then on
     */
    record GroupView(String group, List<ContactView> onCall, Instant until, List<ContactView> next) {}

    /** @param addresses in the order in which they are tried */
    record ContactView(String name, String user, List<AddressView> addresses) {}

    record AddressView(String channel, String to) {}

    static OnCallView of(OnCall onCall, Instant at, boolean whole) {
        return new OnCallView(
                at,
                onCall.source(),
                onCall.warning().orElse(null),
                onCall.groups().stream()
                        .map(group -> group(group, onCall.at(group, at), whole))
                        .toList());
    }

    private static GroupView group(String group, Duty duty, boolean whole) {
        return new GroupView(
                group, contacts(duty.contacts(), whole), duty.until().orElse(null), contacts(duty.next(), whole));
    }

    private static List<ContactView> contacts(List<Contact> contacts, boolean whole) {
        return contacts.stream()
                .map(contact -> new ContactView(
                        contact.name(),
                        contact.user().orElse(null),
                        contact.addresses().stream()
                                .map(address ->
                                        new AddressView(address.channel(), whole ? address.to() : masked(address)))
                                .toList()))
                .toList();
    }

    /** Enough to be recognised by who knows it: {@code p…@company.com}. */
    static String masked(Address address) {
        int at = address.to().indexOf('@');
        return address.to().substring(0, 1) + "…" + (at > 0 ? address.to().substring(at) : "");
    }
}
