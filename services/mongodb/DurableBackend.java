import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import org.h2.mvstore.MVStore;

/**
 * Keeps in a file what it has acknowledged, even if it is killed the moment after.
 *
 * <p>The library's own backend writes behind, and at moments of its choice: a kill would lose the last second, and could
 * leave a document without its entry in an index. Here the file changes only between two commands, never within one.
 */
final class DurableBackend extends H2Backend {
    /** Commands that change nothing, and so may run side by side. */
    private static final Set<String> READS = Set.of(
        "find", "getmore", "count", "distinct", "listcollections", "listindexes", "listdatabases",
        "hello", "ismaster", "ping", "buildinfo", "killcursors", "endsessions", "serverstatus");

    /**
     * How much of the file stays in memory as objects, in MiB. There are no indexes here but that of the ids, so that a search
     * reads every document, which takes a hundred times as long where each has to be read back from its bytes.
     */
    private static final int CACHE = (int) (Runtime.getRuntime().maxMemory() / 3 / (1 << 20));

    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private DurableBackend(MVStore store) {
        super(store);
    }

    /** Opens the file, or makes it; without a thread of its own that writes when it likes. */
    static DurableBackend open(String file) {
        return new DurableBackend(new MVStore.Builder().fileName(file).cacheSize(CACHE).autoCommitDisabled().autoCommitBufferSize(0).open());
    }

    /** Commits before the reply goes out; nobody reads what is not committed yet. */
    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        boolean reads = READS.contains(command.toLowerCase(Locale.ROOT));
        Lock held = reads ? lock.readLock() : lock.writeLock();
        held.lock();
        try {
            return super.handleCommand(channel, database, command, query);
        } finally {
            if (!reads) {
                getMvStore().commit();
            }
            held.unlock();
        }
    }
}
