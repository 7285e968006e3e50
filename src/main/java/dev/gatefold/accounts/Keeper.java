package dev.gatefold.accounts;

/** A room that keeps something about readers. Whoever keeps something tells it to its reader. */
public interface Keeper {
    /** The member of the reader's own document under which it stands. */
    String member();

    /**
     * All that is kept of a reader, as it goes out in JSON: nothing of anybody else, and nothing by which somebody could
     * act as the reader.
     */
    Object kept(Account account);
}
