package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.data.DataException;
import unlearn4j.data.Datasets;
import unlearn4j.data.ImageFiles;
import unlearn4j.data.Images;
import unlearn4j.data.ReadingConfig;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;

/** A record of work on images of one's own names them by their content, and is replayed where they were read before. */
class OwnImagesRecordTest {
    @TempDir
    private Path folder;

    private Path record() throws IOException {
        ImageFiles.classes(folder.resolve("pets"), 10);
        Images images = Datasets.folder(folder.resolve("pets"), ReadingConfig.DEFAULT.size(8, 8))
                .train();
        Classifier model = Training.of(
                        Classifier.create(ResNet.SMALL, images, 1),
                        images,
                        TrainingConfig.DEFAULT.epochs(1).batchSize(8))
                .run();
        Path record = folder.resolve("record.json");
        WorkRecord.of(model).write(record);
        return record;
    }

    @Test
    void isReplayedToTheSameBits() throws IOException {
        Path record = record();
        assertThat(Files.readString(record)).contains("\"pets ").doesNotContain(folder.toString());
        assertThat(WorkRecord.read(record).unrepeatable()).isEmpty();
        assertThat(WorkRecord.read(record).replay().same()).isTrue();
    }

    @Test
    void ofImagesThatWereChangedSaysSo() throws IOException {
        Path record = record();
        ImageFiles.put(folder, "pets/cat/0.png", Files.readAllBytes(folder.resolve("pets/dog/0.png")));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> WorkRecord.read(record).replay())
                .withMessageContaining("was changed since it was read");
    }

    @Test
    void ofImagesThatNobodyReadHereSaysWhatToDo() throws IOException {
        Path record = record();
        Path elsewhere = Files.writeString(
                record, Files.readString(record).replaceAll("\"pets [0-9a-f]{12}\"", "\"pets 000000000000\""));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> WorkRecord.read(elsewhere).replay())
                .withMessageContaining("there is no data set named pets 000000000000")
                .withMessageContaining("of your own, read it first, Datasets.folder");
    }
}
