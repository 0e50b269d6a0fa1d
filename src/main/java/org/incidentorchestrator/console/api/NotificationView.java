package org.incidentorchestrator.console.api;

import java.time.Instant;
import org.incidentorchestrator.notify.Told;

/**
 * One message to one contact.
 *
 * @param what page, given back, taken, closed, person, announcement
 * @param level 1 to 4, 5 for everybody, 0 where no level is paged
 * @param to the address; whole for administrators
 * @param state due, sent, dropped (it was not true any more), failed (the contact's next address has it)
 * @param at when it was sent, dropped or given up
 * @param dueAt when it is tried, or tried again
 * @param note why it was dropped or failed
 */
record NotificationView(
        long id,
        String what,
        int level,
        String contact,
        String channel,
        String to,
        String text,
        String state,
        int attempts,
        Instant writtenAt,
        Instant at,
        Instant dueAt,
        String note) {

    static NotificationView of(Told.One one, boolean whole) {
        return new NotificationView(
                one.id(),
                one.what(),
                one.level(),
                one.contact(),
                one.address().channel(),
                whole ? one.address().to() : OnCallView.masked(one.address()),
                one.text(),
                one.state(),
                one.attempts(),
                one.writtenAt(),
                one.at().orElse(null),
                one.dueAt().orElse(null),
                one.note().orElse(null));
    }
}
