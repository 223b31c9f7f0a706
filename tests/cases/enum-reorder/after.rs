diesel::table! {
    diary (id) {
        id -> Integer,
        felt -> Mood,
    }
}

glowplug::ddl! {
    table diary {
        felt: default "'ok'";
    }

    enum mood ("happy", "ok", "sad");
}
