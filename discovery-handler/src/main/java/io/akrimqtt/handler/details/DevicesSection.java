package io.akrimqtt.handler.details;

import io.akrimqtt.presence.state.Presence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The sections {@code devices} and {@code publish}, and the key {@code maxDevices}. */
final class DevicesSection {

    private static final String ITEMS = "1 to 256 patterns such as \"robots/test-*\", at most 512 characters each";
    private static final int MAX_PATTERN = 512;
    private static final int MAX_DEVICES = 1_000_000;
    private static final List<String> STATES = List.of("online", "sleeping", "unknown");

    private DevicesSection() {}

    /** Reads {@code devices}; everybody where it is left out. */
    static DeviceChoice choice(Optional<Located> value, Problems problems) {
        var fields = value.flatMap(section -> Fields.of(section, Keys.DEVICES, problems));
        if (fields.isEmpty()) {
            return DeviceChoice.ALL;
        }
        var action = fields.get()
                .get("action")
                .flatMap(each -> Fields.word(each, List.of("Include", "Exclude"), problems))
                .orElse("Include");
        var items = new ArrayList<String>();
        var list = fields.get().get("items");
        if (list.isEmpty()) {
            value.ifPresent(each -> problems.at(each.node(), each.path() + ".items", "missing", ITEMS));
        } else {
            for (var item : Fields.items(list.get(), 1, 256, ITEMS, problems)) {
                pattern(item, problems).ifPresent(items::add);
            }
        }
        return DeviceChoice.of(action.equals("Include"), items);
    }

    private static Optional<String> pattern(Located item, Problems problems) {
        var text = Fields.text(item, ITEMS, problems);
        if (text.isPresent() && (text.get().isEmpty() || text.get().length() > MAX_PATTERN)) {
            problems.at(item.node(), item.path(), "a pattern of " + text.get().length() + " characters", ITEMS);
            return Optional.empty();
        }
        return text;
    }

    /** Reads {@code maxDevices}. */
    static int maxDevices(Optional<Located> value, Problems problems) {
        int usual = WatchRules.DEFAULT.maxDevices();
        if (value.isEmpty()) {
            return usual;
        }
        var expected = "a number from 1 to 1000000";
        var text = Fields.text(value.get(), expected, problems);
        int most = text.filter(number -> number.matches("[0-9]{1,7}"))
                .map(Integer::parseInt)
                .orElse(0);
        if (most >= 1 && most <= MAX_DEVICES) {
            return most;
        }
        if (text.isPresent()) {
            problems.at(value.get().node(), value.get().path(), value.get().found(), expected);
        }
        return usual;
    }

    /** What {@code publish} says: in which states a device is listed, and what of it is told. */
    record Published(Set<Presence> listed, Publication publication) {}

    /** Reads {@code publish}, with the defaults for what it leaves out. */
    static Published published(Optional<Located> value, Problems problems) {
        var fields = value.flatMap(section -> Fields.of(section, Keys.PUBLISH, problems));
        var when = fields.flatMap(each -> each.get("when"));
        var properties = fields.flatMap(each -> each.get("properties"));
        var publication = properties.map(list -> new Publication(words(list, Publication.ALL, 0, problems)));
        return new Published(listed(when, problems), publication.orElse(Publication.DEFAULT));
    }

    private static Set<Presence> listed(Optional<Located> when, Problems problems) {
        var listed = EnumSet.of(Presence.ONLINE, Presence.SLEEPING, Presence.UNKNOWN);
        if (when.isPresent()) {
            var words = words(when.get(), STATES, 1, problems);
            if (!words.isEmpty() && !words.contains("online")) {
                problems.at(when.get().node(), when.get().path(), "no online", "a list with online");
            }
            listed.removeIf(state -> !words.contains(state.name().toLowerCase(Locale.ROOT)));
            listed.add(Presence.ONLINE);
        }
        return listed;
    }

    private static List<String> words(Located list, List<String> known, int least, Problems problems) {
        var words = new ArrayList<String>();
        var expected = "a list of " + String.join(", ", known);
        for (var item : Fields.items(list, least, known.size(), expected, problems)) {
            Fields.word(item, known, problems).ifPresent(word -> {
                if (words.contains(word)) {
                    problems.at(item.node(), item.path(), item.found() + " a second time", "each once");
                }
                words.add(word);
            });
        }
        return words;
    }
}
