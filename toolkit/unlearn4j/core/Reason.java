package unlearn4j.core;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file can't be read or written, in words for a message. */
public final class Reason {
    private Reason() {}

    /** Returns the reason on one line, without the name of a Java class: Java's own message is at times a path alone. */
    public static String of(IOException error) {
        String words = Check.given("error", error) instanceof FileSystemException file ? of(file) : error.getMessage();
        return words == null || words.isBlank() ? "it gives no reason" : words.replaceAll("\\p{Cntrl}", "?");
    }

    private static String of(FileSystemException error) {
        String what = error.getReason();
        if (error instanceof AccessDeniedException) {
            what = "permission denied";
        } else if (error instanceof NoSuchFileException) {
            what = "no such file or folder";
        } else if (error instanceof FileAlreadyExistsException) {
            what = "a file of that name is there already";
        } else if (error instanceof NotDirectoryException) {
            what = "it is no folder";
        } else if (error instanceof DirectoryNotEmptyException) {
            what = "the folder is not empty";
        }
        return what == null || error.getFile() == null ? error.getMessage() : error.getFile() + ": " + what;
    }
}
