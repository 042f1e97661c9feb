package unlearn4j.fetch;

import java.util.List;
import java.util.Optional;
import unlearn4j.core.Check;

/**
 * The description of one data set: all that is needed to fetch it.
 *
 * @param id its name on the command line, {@code cifar-10} say
 * @param name its name in print, {@code CIFAR-10} say
 * @param terms on what terms it may be used, one line
 * @param trainRecords how many training images the full set has; a mirror may hold fewer
 * @param testRecords how many test images the full set has
 * @param files its files, at least one
 * @param debian a Debian package with the same data, if there is one
 */
public record Source(
        String id,
        String name,
        String terms,
        int trainRecords,
        int testRecords,
        List<SourceFile> files,
        Optional<DebianPackage> debian) {

    /** Makes a description; the list is copied. */
    public Source {
        Check.given("name", name);
        Check.given("terms", terms);
        Check.given("debian", debian);
        Check.that(
                Check.given("id", id).matches("[a-z0-9]+(-[a-z0-9]+)*"),
                "id (%s) must be small letters, digits and hyphens",
                id);
        Check.positive("trainRecords of " + name, trainRecords);
        Check.positive("testRecords of " + name, testRecords);
        files = List.copyOf(Check.notEmpty("files of " + name, files));
        for (SourceFile file : files) {
            debian.ifPresent(known -> Check.that(
                    known.sha256().containsKey(file.name()),
                    "sha256 of the Debian package %s must name %s",
                    known.name(),
                    file.name()));
        }
    }

    /** Returns the size of all files together. */
    public long bytes() {
        return files.stream().mapToLong(SourceFile::bytes).sum();
    }
}
