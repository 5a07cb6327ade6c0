package io.akrimqtt.handler.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.akrimqtt.presence.state.Memory;
import io.akrimqtt.presence.state.Presence;
import io.akrimqtt.presence.state.PresenceEvent;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import io.akrimqtt.proto.journal.v1.KeptBirth;
import io.akrimqtt.proto.journal.v1.KeptDevice;
import io.akrimqtt.proto.journal.v1.KeptFarewell;
import io.akrimqtt.proto.journal.v1.KeptView;
import io.akrimqtt.proto.journal.v1.KeptWord;
import java.time.Instant;
import java.util.Optional;

/** A memory as bytes and back. */
final class MemoryCodec {

    private static final long SECOND = 1_000_000_000L;

    private MemoryCodec() {}

    static byte[] bytes(Memory memory) {
        var device = KeptDevice.newBuilder().setListed(memory.listed()).setFlapping(memory.flapping());
        memory.servers().forEach(view -> device.addViews(view(view)));
        return device.build().toByteArray();
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws IllegalArgumentException where it is something else
     */
    static Memory memory(String device, byte[] bytes) {
        try {
            var kept = KeptDevice.parseFrom(bytes);
            return new Memory(
                    device,
                    kept.getListed(),
                    kept.getFlapping(),
                    kept.getViewsList().stream().map(MemoryCodec::view).toList());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("kept device: no message of that kind (expected: KeptDevice)", e);
        }
    }

    private static KeptView view(Memory.OfServer view) {
        var kept = KeptView.newBuilder()
                .setServer(view.server())
                .setPresence(view.presence().name())
                .setWhy(view.why())
                .setAt(nanos(view.at()))
                .setStated(view.stated())
                .setKept(view.kept())
                .setDisbelieved(view.disbelieved().map(Enum::name).orElse(""));
        view.topic().ifPresent(kept::setTopic);
        view.doubtDue().ifPresent(at -> kept.setDoubtDue(nanos(at)));
        kept.setDoubted(view.doubted());
        view.gateway()
                .ifPresent(gateway -> kept.setGateway(gateway.device())
                        .setGatewayReturn(gateway.after().name())
                        .setGatewayWaiting(gateway.waiting()));
        view.farewell().ifPresent(farewell -> kept.setFarewell(farewell(farewell)));
        view.birth()
                .ifPresent(birth -> kept.setBirth(
                        KeptBirth.newBuilder().setAt(nanos(birth.at())).setTopic(birth.topic())));
        view.queued()
                .ifPresent(word -> kept.setQueued(KeptWord.newBuilder()
                        .setSaid(word.said().name())
                        .setTopic(word.topic())
                        .setAwake(word.awake())
                        .setSleeper(word.sleeper())));
        return kept.build();
    }

    private static KeptFarewell farewell(Memory.Farewell farewell) {
        var kept = KeptFarewell.newBuilder()
                .setAt(nanos(farewell.at()))
                .setPublished(farewell.published().name())
                .setWhy(farewell.why())
                .setTaken(farewell.taken())
                .setPending(farewell.pending());
        farewell.topic().ifPresent(kept::setTopic);
        return kept.build();
    }

    private static Memory.OfServer view(KeptView kept) {
        return new Memory.OfServer(
                kept.getServer(),
                Presence.valueOf(kept.getPresence()),
                kept.getWhy(),
                kept.hasTopic() ? Optional.of(kept.getTopic()) : Optional.empty(),
                instant(kept.getAt()),
                kept.getStated(),
                kept.getKept(),
                kept.hasFarewell() ? Optional.of(farewell(kept.getFarewell())) : Optional.empty(),
                kept.hasBirth() ? Optional.of(birth(kept.getBirth())) : Optional.empty(),
                Optional.of(kept.getDisbelieved())
                        .filter(text -> !text.isEmpty())
                        .map(Said::valueOf),
                kept.hasDoubtDue() ? Optional.of(instant(kept.getDoubtDue())) : Optional.empty(),
                kept.getDoubted(),
                kept.hasGateway() ? Optional.of(gateway(kept)) : Optional.empty(),
                kept.hasQueued() ? Optional.of(word(kept.getQueued())) : Optional.empty());
    }

    private static Memory.Farewell farewell(KeptFarewell kept) {
        return new Memory.Farewell(
                instant(kept.getAt()),
                kept.hasTopic() ? Optional.of(kept.getTopic()) : Optional.empty(),
                Published.valueOf(kept.getPublished()),
                kept.getWhy(),
                kept.getTaken(),
                kept.getPending());
    }

    private static Memory.Birth birth(KeptBirth kept) {
        return new Memory.Birth(instant(kept.getAt()), kept.getTopic());
    }

    private static Memory.Gateway gateway(KeptView kept) {
        return new Memory.Gateway(
                kept.getGateway(), PresenceEvent.Return.valueOf(kept.getGatewayReturn()), kept.getGatewayWaiting());
    }

    private static Memory.Queued word(KeptWord kept) {
        return new Memory.Queued(Said.valueOf(kept.getSaid()), kept.getTopic(), kept.getAwake(), kept.getSleeper());
    }

    private static long nanos(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), SECOND), at.getNano());
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }
}
