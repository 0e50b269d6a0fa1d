package org.incidentorchestrator.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelPicturesTest {
    @Test
    void the_pictures_of_the_documentation_show_the_models_as_they_are() throws IOException {
        var models = new TreeMap<String, String>();
        for (var model : ModelPictures.models().entrySet()) {
            models.put(model.getKey(), ModelPictures.digest(model.getValue()));
        }

        assertThat(ModelPictures.taken())
                .as("take them anew: mvn verify -DskipTests=false -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dit.test=ModelPicturesE2E -Dpictures=src/docs/pictures, and look at them")
                .isEqualTo(models);
    }
}
