package io.akrimqtt.serving;

import java.util.ArrayList;
import java.util.List;

/** Lists in one environment variable: items between commas; a comma or a backslash inside an item follows a backslash. */
public final class CommaList {

    private CommaList() {}

    /** Never loses or changes an item; the empty list and a list of one empty item are both the empty text. */
    public static String join(List<String> items) {
        var text = new StringBuilder();
        boolean first = true;
        for (var item : items) {
            if (!first) {
                text.append(',');
            }
            first = false;
            text.append(item.replace("\\", "\\\\").replace(",", "\\,"));
        }
        return text.toString();
    }

    /** Takes what {@link #join} makes; a backslash before any character, or at the end, stands for what follows it. */
    public static List<String> split(String text) {
        var items = new ArrayList<String>();
        var item = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                item.append(text.charAt(i));
            } else if (c == ',') {
                items.add(item.toString());
                item.setLength(0);
            } else {
                item.append(c);
            }
        }
        if (!items.isEmpty() || !item.isEmpty()) {
            items.add(item.toString());
        }
        return List.copyOf(items);
    }
}
