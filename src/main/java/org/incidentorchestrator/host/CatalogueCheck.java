package org.incidentorchestrator.host;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells at the start, all at once, which scripts could not be run here; otherwise an incident would be the first to. */
@Component
class CatalogueCheck {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueCheck.class);

    private final ScriptCatalogue catalogue;

    CatalogueCheck(ScriptCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        List<String> faults = catalogue.faults();
        if (!faults.isEmpty()) {
            LOG.warn(
                    "{} of {} scripts cannot be run on host {}:\n  {}",
                    faults.size(),
                    catalogue.ids().size(),
                    catalogue.host(),
                    String.join("\n  ", faults));
        }
    }
}
