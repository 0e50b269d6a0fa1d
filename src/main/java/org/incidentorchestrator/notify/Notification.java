package org.incidentorchestrator.notify;

import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.notify.oncall.Contact;

/**
 * One message to one contact by one address, as its row says.
 *
 * @param attempts how often it was tried, this time included
 * @param dueAt when it is to be tried; while it is being tried, when somebody else may take it for dead
 * @param note why it was dropped or failed, or why it is tried again
 */
record Notification(
        long id,
        Draft what,
        State state,
        int attempts,
        Instant dueAt,
        Instant createdAt,
        Optional<Instant> doneAt,
        Optional<String> note) {

    enum State {
        DUE,
        SENT,
        /** It was not true any more when it was to be sent. */
        DROPPED,
        /** Its address did not take it; the contact's next one has it, if there is one. */
        FAILED
    }

    enum Kind {
        /** A level of the ladder. */
        PAGE(true),
        /** Nobody has the incident any more; the ladder pages by itself. */
        GIVEN_BACK(false),
        /** Somebody has it. */
        TAKEN(false),
        CLOSED(false),
        /** Something that only a person can settle. */
        PERSON(true),
        ANNOUNCEMENT(true);

        private final boolean calls;

        Kind(boolean calls) {
            this.calls = calls;
        }

        /** Whether somebody has to come: then it is not given up quietly. */
        boolean calls() {
            return calls;
        }
    }

    /**
     * What is to be told.
     *
     * @param key what the same is recognised by: it is told once to each contact
     * @param episode how often the incident had been reopened by then
     * @param level of the ladder; 0 where none is paged
     * @param subject what a person is needed for, or what is announced; else empty
     * @param text a sentence, redacted
     * @param paged who is told with it, for people
     * @param pagerKey what a pager knows it by
     * @param task the id of the task that it is about
     */
    record Draft(
            String key,
            Optional<IncidentNumber> incident,
            int episode,
            Kind kind,
            int level,
            String subject,
            String text,
            String paged,
            String pagerKey,
            Optional<String> task,
            Recipient to) {

        Draft about(String taskId) {
            return new Draft(
                    key, incident, episode, kind, level, subject, text, paged, pagerKey, Optional.of(taskId), to);
        }

        Draft to(Recipient other) {
            return new Draft(key, incident, episode, kind, level, subject, text, paged, pagerKey, task, other);
        }
    }

    /**
     * @param position which of the contact's addresses it is, from 0 on
     * @param round how often all of them had failed before
     */
    record Recipient(Contact contact, int position, int round) {
        static Recipient first(Contact contact) {
            return new Recipient(contact, 0, 0);
        }

        Contact.Address address() {
            return contact.addresses().get(position);
        }

        Optional<Recipient> next() {
            return position + 1 < contact.addresses().size()
                    ? Optional.of(new Recipient(contact, position + 1, round))
                    : Optional.empty();
        }

        Recipient again() {
            return new Recipient(contact, 0, round + 1);
        }

        /** For people, without the address itself, which is nobody else's business. */
        String words() {
            return contact.name() + " by " + address().channel();
        }
    }
}
