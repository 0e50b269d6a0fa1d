package org.incidentorchestrator.notify.oncall;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** How a group's contacts follow from the time. */
sealed interface Assignment {
    Duty at(Instant instant);

    /** Whoever it assigns at some time. */
    List<Contact> everybody();

    /** The same contacts at any time, and all of them: a mailbox, a chat room, a pager that has a rotation of its own. */
    record Always(List<Contact> contacts) implements Assignment {
        public Always {
            contacts = List.copyOf(contacts);
        }

        @Override
        public Duty at(Instant instant) {
            return Duty.always(contacts);
        }

        @Override
        public List<Contact> everybody() {
            return contacts;
        }
    }

    /** One person at a time. */
    record Turns(Rotation rotation) implements Assignment {
        @Override
        public Duty at(Instant instant) {
            return rotation.at(instant);
        }

        @Override
        public List<Contact> everybody() {
            return Stream.concat(
                            rotation.people().stream(),
                            rotation.overrides().stream().map(Rotation.Override::who))
                    .distinct()
                    .toList();
        }
    }
}
